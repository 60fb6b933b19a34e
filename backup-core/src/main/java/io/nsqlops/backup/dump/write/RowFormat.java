package io.nsqlops.backup.dump.write;

/** How the rows of one table are written. Used by one thread. */
public interface RowFormat {

  /** What a file begins with. */
  void begin(ExportFile file);

  /**
   * Whole rows.
   *
   * @param text canonical text
   */
  void rows(ExportFile file, byte[] text);

  /** What a file ends with. */
  void end(ExportFile file);
}
