package io.nsqlops.testbeds.process;

import io.nsqlops.testbeds.BedException;

/** The short wait between two looks at a condition. */
final class Pause {
  private Pause() {}

  static void brief() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BedException("interrupted while waiting for a process", e);
    }
  }
}
