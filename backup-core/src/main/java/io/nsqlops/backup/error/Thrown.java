package io.nsqlops.backup.error;

import org.jspecify.annotations.Nullable;

/** What another thread threw, for the thread that waits for it. */
public final class Thrown {
  private Thrown() {}

  /** Throws it as it is where it needs no declaration; write {@code throw Thrown.again(cause)}. */
  public static RuntimeException again(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(cause);
  }
}
