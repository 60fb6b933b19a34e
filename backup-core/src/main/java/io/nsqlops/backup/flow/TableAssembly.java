package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the ranges of one table together again, in whatever order they arrive. */
final class TableAssembly {
  private final Table table;
  private final long guessedBytes;
  private final int targetShift;
  private final List<List<ChunkRef>> parts = new ArrayList<>();
  private String rowsDigest = "";
  private OptionalLong counted = OptionalLong.empty();
  private int missing;

  /**
   * Begins a table.
   *
   * @param guessedBytes how large the server says it is
   * @param parts how many ranges will arrive
   * @param isCounted whether the server's count of its rows will, too
   */
  TableAssembly(Table table, long guessedBytes, int targetShift, int parts, boolean isCounted) {
    this.table = table;
    this.guessedBytes = guessedBytes;
    this.targetShift = targetShift;
    this.missing = isCounted ? parts + 1 : parts;
    for (int i = 0; i < parts; i++) {
      this.parts.add(List.of());
    }
  }

  Table table() {
    return table;
  }

  TableName name() {
    return table.name();
  }

  long guessedBytes() {
    return guessedBytes;
  }

  int targetShift() {
    return targetShift;
  }

  /** Takes one range's result; the last to arrive gets the whole table. */
  synchronized Optional<TableBackup> add(int part, TableDump.Dumped dumped) {
    parts.set(part, dumped.chunks());
    rowsDigest = dumped.rowsDigest();
    return arrived();
  }

  /** Takes the count, likewise. */
  synchronized Optional<TableBackup> count(long rows) {
    counted = OptionalLong.of(rows);
    return arrived();
  }

  private Optional<TableBackup> arrived() {
    missing--;
    if (missing > 0) {
      return Optional.empty();
    }
    List<ChunkRef> chunks = parts.stream().flatMap(List::stream).toList();
    TableBackup whole = new TableBackup(table, targetShift, chunks, rowsDigest);
    counted.ifPresent(rows -> requireRows(whole, rows));
    return Optional.of(whole);
  }

  /** The server must agree that the ranges leave no row out and hold none twice. */
  private static void requireRows(TableBackup table, long counted) {
    if (counted != table.rows()) {
      throw new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          table.table().name().toString(),
          "its ranges hold %d rows, but it has %d at the same snapshot"
              .formatted(table.rows(), counted),
          "check the table (CHECK TABLE … EXTENDED): an index may be damaged; --threads 1 reads it"
              + " in one go");
    }
  }
}
