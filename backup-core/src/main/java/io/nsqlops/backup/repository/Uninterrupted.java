package io.nsqlops.backup.repository;

import java.util.function.Supplier;

/** For what must be done even by a thread that was interrupted, which would fail the doing. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Does it without the thread's interruption, which stands again afterwards. */
  static <T> T get(Supplier<T> action) {
    boolean interrupted = Thread.interrupted();
    try {
      return action.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
