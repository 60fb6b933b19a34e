package io.nsqlops.logs.flow;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for something to become true. */
final class Conditions {
  private static final int PATIENCE = 240;

  private Conditions() {}

  static void until(Callable<Boolean> condition) throws Exception {
    until(condition, PATIENCE);
  }

  static void until(Callable<Boolean> condition, int seconds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the condition did not come true");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
