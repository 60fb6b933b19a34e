package io.nsqlops.logs.config;

/** What surrounds each line in its file. */
public enum Envelope {
  /** Nothing: the file holds what the program wrote. */
  NONE,
  /**
   * Time, stream and flag of a container runtime. Lines of Docker are recognised, too: on nodes
   * where kubelet runs Docker the files under {@code /var/log/pods} lead to them.
   */
  CRI,
  /** The JSON of Docker's json-file driver. */
  DOCKER;

  /** Whether a container runtime writes the file. */
  public boolean isContainer() {
    return this != NONE;
  }
}
