package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import java.util.List;

/** Has the server look at conditions on rows before anything is read under them. */
final class ConditionCheck {
  private final Snapshot snapshot;

  ConditionCheck(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** USAGE, naming table and condition, if the server refuses one or it fits no table. */
  void check(RowFilter filter, List<TableEstimate> tables) {
    if (filter.conditions().isEmpty()) {
      return;
    }
    List<TableName> names = tables.stream().map(TableEstimate::name).toList();
    for (RowFilter.Condition lost : filter.without(names)) {
      throw usage(lost.tables(), "no table of the backup is " + lost.tables());
    }
    try (TableReader reader = snapshot.reader()) {
      for (TableName name : names) {
        String condition = filter.of(name);
        if (!condition.isEmpty()) {
          check(reader, name, condition);
        }
      }
    }
  }

  private static void check(TableReader reader, TableName name, String condition) {
    try {
      reader.read(reader.describe(name).where(condition), KeyRange.all(), 0, new NoRows());
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      if (e.kind() == ErrorKind.UNREADABLE) {
        return; // no matter of the condition: told when the table is read, with all others like it
      }
      throw usage(
          name.toString(),
          "the server refuses the condition on %s, %s: %s"
              .formatted(name, condition, e.getMessage()));
    }
  }

  private static OpsException usage(String table, String message) {
    return new OpsException(
        ErrorKind.USAGE,
        table,
        message,
        "write --where 'db.table=CONDITION', with what may stand behind WHERE in the server's SQL");
  }

  private record NoRows(RowBuffer buffer) implements RowSink {
    NoRows() {
      this(new RowBuffer(1 << 16));
    }

    @Override
    public boolean row(int start, int keyEnd) {
      return false;
    }
  }
}
