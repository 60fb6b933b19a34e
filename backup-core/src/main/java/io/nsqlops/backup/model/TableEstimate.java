package io.nsqlops.backup.model;

/**
 * A table's name with the server's own guess of its size: good enough to order work, no more.
 *
 * @param bytes of data without indexes
 * @param looseEngine the storage engine if it has no transactions, else empty
 * @param versioned keeps the history of its rows, which is not read
 */
public record TableEstimate(TableName name, long bytes, String looseEngine, boolean versioned) {

  /** A table with transactions and without history. */
  public TableEstimate(TableName name, long bytes) {
    this(name, bytes, "", false);
  }
}
