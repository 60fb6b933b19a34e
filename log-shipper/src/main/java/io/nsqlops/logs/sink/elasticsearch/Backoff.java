package io.nsqlops.logs.sink.elasticsearch;

import java.util.concurrent.ThreadLocalRandom;

/** Waiting times that double from attempt to attempt, with jitter, up to a limit. */
final class Backoff {
  private static final long FIRST_MILLIS = 100;

  private final long limitMillis;
  private long nextMillis = FIRST_MILLIS;

  Backoff(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  void await() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(nextMillis / 2, nextMillis + 1));
    nextMillis = Math.min(limitMillis, nextMillis * 2);
  }

  /** Something worked: begin with short waits again. */
  void reset() {
    nextMillis = FIRST_MILLIS;
  }
}
