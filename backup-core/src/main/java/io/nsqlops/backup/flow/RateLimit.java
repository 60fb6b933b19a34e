package io.nsqlops.backup.flow;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket that all workers share. What was spent is paid for afterwards: a worker that took
 * a large piece waits until the bucket is level again, and so do the others.
 */
public final class RateLimit {
  public static final RateLimit NONE = new RateLimit(0);

  /** How much may be saved up while nobody spends. */
  private static final double BURST_SECONDS = 0.25;

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private double level;
  private long last;

  /** Waits. */
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  /**
   * Makes a full bucket.
   *
   * @param bytesPerSecond 0 for no limit
   */
  public RateLimit(long bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  RateLimit(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.level = bytesPerSecond * BURST_SECONDS;
    this.last = nanoTime.getAsLong();
  }

  /** Takes note of bytes that were moved, and waits as long as they should have taken. */
  public void spend(long bytes) {
    if (bytesPerSecond == 0 || bytes == 0) {
      return;
    }
    long wait = take(bytes);
    if (wait > 0) {
      try {
        pause.nanos(wait);
      } catch (InterruptedException e) {
        // whoever works goes on to its next blocking call, which ends it
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized long take(long bytes) {
    long now = nanoTime.getAsLong();
    double earned = (now - last) * (bytesPerSecond / 1e9);
    level = Math.min(bytesPerSecond * BURST_SECONDS, level + earned) - bytes;
    last = now;
    return level >= 0 ? 0 : (long) Math.ceil(-level * 1e9 / bytesPerSecond);
  }
}
