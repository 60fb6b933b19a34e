package io.nsqlops.backup.model;

import org.jspecify.annotations.Nullable;

/**
 * One chunk of a table in a manifest.
 *
 * @param id keyed digest of the canonical text, 64 hex digits
 * @param rows number of rows
 * @param bytes of canonical text
 * @param storedBytes of the stored object, 0 if inline
 * @param last canonical text of the last row's key; null in tables without a key
 * @param forced cut by size alone; such an end depends on where the chunk began, so it is no place
 *     to split the table
 * @param inline the canonical text itself where it is too small to deserve an object, else null
 */
public record ChunkRef(
    String id,
    long rows,
    long bytes,
    long storedBytes,
    @Nullable RawText last,
    boolean forced,
    @Nullable RawText inline) {
  public ChunkRef {
    if (id.length() != 64 || rows < 1 || bytes < 1 || storedBytes < 0) {
      throw new IllegalArgumentException("chunk " + id + ": " + rows + " rows, " + bytes);
    }
  }

  public boolean isInline() {
    return inline != null;
  }
}
