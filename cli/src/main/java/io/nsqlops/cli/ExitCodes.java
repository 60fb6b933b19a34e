package io.nsqlops.cli;

import io.nsqlops.backup.error.ErrorKind;

/** The one table of exit codes. It is a promise: scripts and Kubernetes Jobs decide by it. */
public final class ExitCodes {
  public static final int DONE = 0;
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}

  /** What the process ends with where this went wrong. */
  public static int of(ErrorKind kind) {
    return switch (kind) {
      case INTERNAL -> 1;
      case USAGE, UNREADABLE -> 2;
      case PARTIAL -> 3;
      case VERIFICATION_FAILED -> 4;
      case NO_REPOSITORY -> 10;
      case LOCKED -> 11;
      case WRONG_KEY -> 12;
      case COMMIT_UNKNOWN -> 20;
      case TRANSIENT -> 75;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
