package io.nsqlops.logs.model;

/** Bytes {@code [from, to)} of a file. */
public record ByteRange(long from, long to) {
  public ByteRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range: " + from + " to " + to);
    }
  }
}
