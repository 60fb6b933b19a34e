package io.nsqlops.logs.model;

/**
 * Takes ranges of files. What takes one for every event is no lambda: where the quick compiler
 * comes to a lambda before it has run, each use makes an object in the slowest way there is.
 */
public interface RangeConsumer {
  /** Takes bytes {@code [from, to)} of a generation. */
  void cover(long generation, long from, long to);
}
