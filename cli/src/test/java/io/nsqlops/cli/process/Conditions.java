package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/** Waiting for what other processes do. */
final class Conditions {
  private static final long LIMIT_NANOS = 120_000_000_000L;

  private Conditions() {}

  /** Waits until the condition holds. */
  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  /** Waits until the condition holds, which it must before the process ends. */
  static void awaitWhile(CliProcess running, Callable<Boolean> condition) throws Exception {
    try {
      await(
          () -> {
            assertThat(running.isAlive()).as("ended before it could be stopped").isTrue();
            return condition.call();
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nIt said: " + running.said(), e);
    }
  }
}
