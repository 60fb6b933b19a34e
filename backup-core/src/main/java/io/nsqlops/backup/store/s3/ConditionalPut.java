package io.nsqlops.backup.store.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A PUT with {@code If-None-Match: *}, repeated here and not by the SDK: when a reply was lost, the
 * repetition may find the object that the lost attempt created, and only who counted the attempts
 * can tell that from an object of somebody else.
 */
final class ConditionalPut {
  private static final int TAKEN = 412;

  private final S3Client onceOnly;
  private final Puts puts;
  private final int maxAttempts;
  private final Duration callTimeout;

  /**
   * @param onceOnly a client that does not repeat requests itself
   */
  ConditionalPut(S3Client onceOnly, Puts puts, S3Settings settings) {
    this.onceOnly = onceOnly;
    this.puts = puts;
    this.maxAttempts = settings.maxAttempts();
    this.callTimeout = settings.callTimeout();
  }

  /** What was sent may have been stored, but no reply said so. */
  static final class LostReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SdkException last;

    LostReplyException(SdkException last) {
      super(last);
      this.last = last;
    }

    /** What the last attempt met. */
    SdkException last() {
      return last;
    }
  }

  /**
   * Creates the object.
   *
   * @return false if it existed before
   * @throws SdkException if it was certainly not created
   */
  boolean attempt(String key, byte[] content) throws LostReplyException {
    long deadline = System.nanoTime() + callTimeout.toNanos();
    boolean doubt = false;
    for (int attempt = 1; ; attempt++) {
      try {
        puts.put(onceOnly, key, content, true);
        return true;
      } catch (AbortedException e) {
        throw e;
      } catch (SdkException e) {
        if (isTaken(e) && !doubt) {
          return false;
        }
        doubt |= mayHaveWritten(e);
        boolean again = isWorthRepeating(e) && attempt < maxAttempts;
        if (!again || System.nanoTime() - deadline > 0) {
          if (doubt) {
            throw new LostReplyException(e);
          }
          throw e;
        }
      }
      pause(attempt);
    }
  }

  static boolean isTaken(SdkException e) {
    return e instanceof S3Exception answer && answer.statusCode() == TAKEN;
  }

  private static boolean isWorthRepeating(SdkException e) {
    if (e instanceof S3Exception answer) {
      int status = answer.statusCode();
      // 409: two writers met; S3 asks both to try again, and one of them will find it taken.
      return status == 408
          || status == 409
          || status == 429
          || (status >= 500 && status != 501 && status != 507)
          || answer.isThrottlingException()
          || answer.isClockSkewException();
    }
    return lostOnTheWay(e) || neverConnected(e);
  }

  private static boolean mayHaveWritten(SdkException e) {
    if (e instanceof S3Exception answer) {
      return answer.statusCode() >= 500 && answer.statusCode() != 501 && answer.statusCode() != 507;
    }
    return lostOnTheWay(e) && !neverConnected(e);
  }

  private static boolean lostOnTheWay(SdkException e) {
    return e instanceof ApiCallAttemptTimeoutException
        || e instanceof ApiCallTimeoutException
        || Causes.find(e, IOException.class) != null;
  }

  private static boolean neverConnected(SdkException e) {
    @Nullable SocketTimeoutException timeout = Causes.find(e, SocketTimeoutException.class);
    return Causes.find(e, ConnectException.class) != null
        || Causes.find(e, UnknownHostException.class) != null
        || Causes.find(e, NoRouteToHostException.class) != null
        || Causes.find(e, SSLHandshakeException.class) != null
        || (timeout != null
            && String.valueOf(timeout.getMessage()).toLowerCase(Locale.ROOT).contains("connect"));
  }

  private static void pause(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(50L << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted", e);
    }
  }
}
