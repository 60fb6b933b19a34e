package io.nsqlops.backup.store.s3;

import java.time.Duration;

/**
 * How long the client waits and how often it tries.
 *
 * @param connectTimeout for a connection to be accepted
 * @param socketTimeout without a byte of a reply
 * @param attemptTimeout for one try, upload included
 * @param callTimeout for all tries
 * @param maxAttempts tries, the first included
 * @param pageSize objects per request of a listing, at most 1000
 */
public record S3Settings(
    Duration connectTimeout,
    Duration socketTimeout,
    Duration attemptTimeout,
    Duration callTimeout,
    int maxAttempts,
    int pageSize) {

  /** 32 MiB pass within one attempt at 2 Mbit/s. */
  public static final S3Settings DEFAULT =
      new S3Settings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(150),
          Duration.ofMinutes(8),
          5,
          1000);

  public S3Settings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("at least one attempt, not " + maxAttempts);
    }
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1000 objects, not " + pageSize);
    }
  }
}
