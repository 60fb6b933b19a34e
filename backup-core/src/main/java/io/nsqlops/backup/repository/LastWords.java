package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.OpsException;

/**
 * What a process still writes when it ends, so that others need not wait for it: also when it was
 * interrupted, which would fail the writing itself. Best effort.
 */
final class LastWords {
  private LastWords() {}

  /** Runs this without the thread's interruption, which stands again afterwards. */
  static void say(Runnable write) {
    boolean interrupted = Thread.interrupted();
    try {
      write.run();
    } catch (OpsException e) {
      // whatever went wrong before is more worth telling
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
