package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.OpsException;

/**
 * What a process still writes when it ends, so that others need not wait for it: also when it was
 * interrupted, which would fail the writing itself. Best effort.
 */
final class LastWords {
  private LastWords() {}

  /** Writes, whatever becomes of it. */
  static void say(Runnable write) {
    Uninterrupted.get(
        () -> {
          try {
            write.run();
            return true;
          } catch (OpsException e) {
            // whatever went wrong before is more worth telling
            return false;
          }
        });
  }
}
