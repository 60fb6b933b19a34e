package io.nsqlops.backup.model;

import java.util.List;

/**
 * A table in a backup: its definition and its rows as chunks in key order.
 *
 * @param targetShift log2 of the mean chunk size in bytes the cuts were made with
 * @param rowsDigest for tables without a key: order-independent keyed digest of all rows, 64 hex
 *     digits; empty for tables with a key, where the chunk ids in order say more
 */
public record TableBackup(Table table, int targetShift, List<ChunkRef> chunks, String rowsDigest) {
  public TableBackup {
    chunks = List.copyOf(chunks);
    if (table.keyed() != rowsDigest.isEmpty()) {
      throw new IllegalArgumentException(table.name() + ": rows digest for a keyed table");
    }
  }

  /** The same rows in a table of another name, without the condition they were read under. */
  public TableBackup named(TableName name) {
    return as(name, table.ddl());
  }

  /** The same rows under another definition, without the condition they were read under. */
  public TableBackup defined(RawText ddl) {
    return as(table.name(), ddl);
  }

  /** Itself if nothing changes: there may be very many. */
  private TableBackup as(TableName name, RawText ddl) {
    Table other = new Table(name, table.columns(), table.keyColumns(), table.splittable(), ddl);
    return other.equals(table) ? this : new TableBackup(other, targetShift, chunks, rowsDigest);
  }

  /** Its definition alone. */
  public TableBackup withoutRows() {
    return new TableBackup(table, targetShift, List.of(), table.keyed() ? "" : "0".repeat(64));
  }

  public long rows() {
    return chunks.stream().mapToLong(ChunkRef::rows).sum();
  }

  public long bytes() {
    return chunks.stream().mapToLong(ChunkRef::bytes).sum();
  }
}
