package io.nsqlops.backup.model;

/**
 * A table's name with the server's own guess of its size: good enough to order work, no more.
 *
 * @param bytes of data without indexes
 * @param looseEngine the storage engine if it has no transactions, else empty
 */
public record TableEstimate(TableName name, long bytes, String looseEngine) {

  /** A table with transactions. */
  public TableEstimate(TableName name, long bytes) {
    this(name, bytes, "");
  }
}
