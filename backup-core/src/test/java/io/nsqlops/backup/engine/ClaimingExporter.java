package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.TableEstimate;
import java.util.List;
import java.util.function.Predicate;

/** Claims that tables are far larger than they are, so that they are read in several ranges. */
record ClaimingExporter(SnapshotExporter inner, long bytes) implements SnapshotExporter {
  @Override
  public ServerInfo server() {
    return inner.server();
  }

  @Override
  public Snapshot open(int readers) {
    return new Claiming(inner.open(readers), bytes);
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    return new Claiming(inner.openUnlocked(readers), bytes);
  }

  @Override
  public void close() {
    inner.close();
  }

  private record Claiming(Snapshot inner, long bytes) implements Snapshot {
    @Override
    public SnapshotPoint point() {
      return inner.point();
    }

    @Override
    public List<TableEstimate> tables() {
      return inner.tables().stream().map(t -> new TableEstimate(t.name(), bytes)).toList();
    }

    @Override
    public List<SchemaObject> objects(Predicate<SchemaObject> wanted) {
      return inner.objects(wanted);
    }

    @Override
    public Accounts accounts() {
      return inner.accounts();
    }

    @Override
    public TableReader reader() {
      return inner.reader();
    }

    @Override
    public void proveHeld() {
      inner.proveHeld();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
