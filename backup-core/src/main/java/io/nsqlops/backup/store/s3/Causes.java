package io.nsqlops.backup.store.s3;

import org.jspecify.annotations.Nullable;

/** Looks into the chain of causes, where the SDK keeps what the socket said. */
final class Causes {
  private Causes() {}

  static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  static Throwable root(Throwable e) {
    Throwable root = e;
    for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
      root = t;
    }
    return root;
  }
}
