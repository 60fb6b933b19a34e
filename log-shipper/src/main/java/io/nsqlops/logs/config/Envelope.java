package io.nsqlops.logs.config;

/** What surrounds each line in its file. */
public enum Envelope {
  /** Nothing: the file holds what the program wrote. */
  NONE,
  /** Time, stream and flag of a container runtime. */
  CRI
}
