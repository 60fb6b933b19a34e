package io.nsqlops.backup.codec;

/** Takes rows one after the other, already encoded in the buffer it lends out. */
public interface RowSink {

  /** Where the next row is to be appended, its final newline included. */
  RowBuffer buffer();

  /**
   * A row now stands in the buffer from {@code start} to its length.
   *
   * @param keyEnd end of the key columns' text; {@code start} in tables without a key
   * @return false if no more rows are wanted
   */
  boolean row(int start, int keyEnd);
}
