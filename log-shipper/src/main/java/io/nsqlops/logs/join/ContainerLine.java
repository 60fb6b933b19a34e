package io.nsqlops.logs.join;

/** The envelope of a container runtime. What is told is about the last line scanned. */
public interface ContainerLine {
  int STDOUT = 0;
  int STDERR = 1;

  /** Scans a line; false if it has no such envelope: then nothing is told. */
  boolean scan(byte[] line, int from, int to);

  /** {@link #STDOUT} or {@link #STDERR}. */
  int stream();

  /** Position of the time, in RFC 3339, in the line. */
  int timeFrom();

  int timeEnd();

  /** Whether more of this line follows in later lines of the same stream. */
  boolean isPartial();

  /** What holds the content: the line itself, or a buffer that is good until the next scan. */
  byte[] text();

  int contentFrom();

  int contentEnd();
}
