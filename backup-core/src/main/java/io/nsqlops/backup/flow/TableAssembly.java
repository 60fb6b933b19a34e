package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the ranges of one table together again, in whatever order they arrive. */
final class TableAssembly {
  private final Table table;
  private final int targetShift;
  private final List<List<ChunkRef>> parts = new ArrayList<>();
  private String rowsDigest = "";
  private int missing;

  TableAssembly(Table table, int targetShift, int parts) {
    this.table = table;
    this.targetShift = targetShift;
    this.missing = parts;
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

  /** Whether several statements read it. */
  boolean hasParts() {
    return parts.size() > 1;
  }

  int targetShift() {
    return targetShift;
  }

  /** Takes one range's result; the last to arrive gets the whole table. */
  synchronized Optional<TableBackup> add(int part, TableDump.Dumped dumped) {
    parts.set(part, dumped.chunks());
    rowsDigest = dumped.rowsDigest();
    missing--;
    if (missing > 0) {
      return Optional.empty();
    }
    List<ChunkRef> chunks = parts.stream().flatMap(List::stream).toList();
    return Optional.of(new TableBackup(table, targetShift, chunks, rowsDigest));
  }
}
