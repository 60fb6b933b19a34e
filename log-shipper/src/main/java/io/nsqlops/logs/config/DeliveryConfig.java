package io.nsqlops.logs.config;

import java.time.Duration;

/**
 * Sizes and times of delivery.
 *
 * @param batchBytes bytes of documents at which a bulk request is sent
 * @param batchAge longest time a document waits for others
 * @param inFlight bulk requests under way at a time
 * @param lineLimit longest line, in bytes, that is one document
 * @param multilineTimeout how long an event waits for further lines
 * @param stopTimeout how long a stop waits for what is under way
 * @param openFiles files held open at a time
 */
public record DeliveryConfig(
    int batchBytes,
    Duration batchAge,
    int inFlight,
    int lineLimit,
    Duration multilineTimeout,
    Duration stopTimeout,
    int openFiles) {
  public static final DeliveryConfig DEFAULT =
      new DeliveryConfig(
          4 * 1024 * 1024,
          Duration.ofSeconds(1),
          2,
          1024 * 1024,
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          2000);
}
