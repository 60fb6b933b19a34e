package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.S3Options;
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

  /** Within so much time an upload of 32 MiB gets through at 3 Mbit/s. */
  private static final Duration UPLOAD = Duration.ofSeconds(90);

  /** The default, but for what was told. An attempt lasts longer than the wait for its reply. */
  static S3Settings of(S3Options options) {
    Duration connect = options.connectTimeout();
    Duration read = options.readTimeout();
    Integer retries = options.maxRetries();
    Duration socket = read == null ? DEFAULT.socketTimeout : read;
    Duration attempt = socket.plus(UPLOAD);
    Duration call = DEFAULT.callTimeout;
    return new S3Settings(
        connect == null ? DEFAULT.connectTimeout : connect,
        socket,
        attempt,
        call.compareTo(attempt.multipliedBy(2)) < 0 ? attempt.multipliedBy(2) : call,
        retries == null ? DEFAULT.maxAttempts : retries + 1,
        DEFAULT.pageSize);
  }

  public S3Settings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("at least one attempt, not " + maxAttempts);
    }
    if (pageSize < 1 || pageSize > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1000 objects, not " + pageSize);
    }
  }
}
