package io.nsqlops.logs.tail;

/** Takes the lines of a file. */
public interface LineConsumer {
  /**
   * Whether a line of so many bytes can be taken now. If not, the reader comes back later with the
   * same line.
   */
  boolean isReady(int length);

  /**
   * Takes bytes {@code [from, to)} of the buffer, a line without its end.
   *
   * @param start offset of the line in the file
   * @param end offset behind its terminator
   * @param piece what part of the line this is
   */
  void line(byte[] buffer, int from, int to, long start, long end, Piece piece);

  /** What part of a physical line was read. */
  enum Piece {
    WHOLE,
    /** A part of a line longer than the limit. */
    SPLIT,
    /** The end of a file that does not end with a line end. */
    UNTERMINATED
  }
}
