package io.nsqlops.logs.error;

/** What the caller must decide on: each kind has one exit code (see {@code cli.ExitCodes}). */
public enum ErrorKind {
  /** A defect or an unforeseen failure. */
  INTERNAL,
  /** Wrong usage or configuration: retrying without a change cannot help. */
  USAGE,
  /** Another shipper works on the same state directory. */
  LOCKED,
  /** Network, time-out, overload, full disk: the same command may succeed later. */
  TRANSIENT,
  /** Stopped by a signal. */
  INTERRUPTED
}
