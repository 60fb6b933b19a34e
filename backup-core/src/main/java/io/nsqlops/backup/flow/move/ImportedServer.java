package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.DumpOrigin;
import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A scratch server that stands for the one a dump was made of. */
final class ImportedServer implements SnapshotExporter {
  private final SnapshotExporter scratch;
  private final String name;
  private final DumpOrigin origin;

  /**
   * Wraps.
   *
   * @param name tells imports of one source from those of others
   */
  ImportedServer(SnapshotExporter scratch, String name, DumpOrigin origin) {
    this.scratch = scratch;
    this.name = name;
    this.origin = origin;
  }

  @Override
  public ServerInfo server() {
    ServerInfo real = scratch.server();
    return new ServerInfo(real.engine(), real.version(), name);
  }

  @Override
  public Snapshot open(int readers) {
    return new Imported(scratch.open(readers));
  }

  @Override
  public Snapshot open(int readers, Duration lockWait) {
    return new Imported(scratch.open(readers, lockWait));
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    return new Imported(scratch.openUnlocked(readers));
  }

  @Override
  public void close() {
    scratch.close();
  }

  private final class Imported implements Snapshot {
    private final Snapshot snapshot;

    Imported(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    /** Where the dump says its server stood; what the scratch server logged means nothing. */
    @Override
    public SnapshotPoint point() {
      SnapshotPoint own = snapshot.point();
      String position = origin.position().isEmpty() ? "time" : origin.position();
      return new SnapshotPoint(position, origin.time().orElse(own.time()));
    }

    @Override
    public List<TableEstimate> tables() {
      return snapshot.tables();
    }

    @Override
    public List<SchemaObject> objects(Predicate<SchemaObject> wanted) {
      return snapshot.objects(wanted);
    }

    /** Those there are belong to the scratch server. */
    @Override
    public Accounts accounts() {
      return Accounts.missing("they are not taken out of a dump");
    }

    @Override
    public TableReader reader() {
      return snapshot.reader();
    }

    @Override
    public List<String> warnings() {
      return snapshot.warnings();
    }

    @Override
    public List<String> doubts(Table table) {
      return snapshot.doubts(table);
    }

    @Override
    public void proveHeld() {
      snapshot.proveHeld();
    }

    @Override
    public void close() {
      snapshot.close();
    }
  }
}
