package io.nsqlops.backup.error;

/** What the caller must decide on: each kind has one exit code (see {@code cli.ExitCodes}). */
public enum ErrorKind {
  /** A defect or an unforeseen failure. */
  INTERNAL,
  /** Wrong usage or configuration: retrying without a change cannot help. */
  USAGE,
  /** The server has something that it cannot read itself. */
  UNREADABLE,
  /** Done in part; the message lists what is missing. */
  PARTIAL,
  /** Data is not what it must be. */
  VERIFICATION_FAILED,
  /** There is no repository at the given place. */
  NO_REPOSITORY,
  /** Somebody else holds the lease, or an unfinished run marks the target. */
  LOCKED,
  /** The passphrase or key does not open the repository. */
  WRONG_KEY,
  /** The reply to the commit was lost and re-reading did not tell whether it happened. */
  COMMIT_UNKNOWN,
  /** Network, time-out, overload, full disk: the same command may succeed later. */
  TRANSIENT,
  /** Stopped by a signal. */
  INTERRUPTED
}
