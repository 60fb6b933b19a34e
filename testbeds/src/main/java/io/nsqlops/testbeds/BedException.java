package io.nsqlops.testbeds;

import org.jspecify.annotations.Nullable;

/** A server could not be found, installed, started or stopped; the message says why. */
public final class BedException extends RuntimeException {

  public BedException(String message) {
    this(message, null);
  }

  public BedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
