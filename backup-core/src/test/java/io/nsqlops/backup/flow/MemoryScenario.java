package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.Repository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small shop in a {@link MemoryServer}, and the flows as a test calls them. */
public final class MemoryScenario {
  static final TableName ITEMS = new TableName("shop", "items");
  static final TableName LOG = new TableName("shop", "log");
  static final TableName FEW = new TableName("shop", "few");

  private MemoryScenario() {}

  public static MemoryServer shop() {
    return new MemoryServer()
        .add(MemoryTable.keyed(ITEMS).filled(1, 400, 30))
        .add(MemoryTable.keyless(LOG).filled(2, 300, 40))
        .add(MemoryTable.keyed(FEW).filled(3, 5, 30))
        .add(object(Kind.DATABASE, "shop", "shop"))
        .add(object(Kind.SEQUENCE, "shop", "seq"))
        .add(object(Kind.VIEW, "shop", "v"))
        .add(object(Kind.FUNCTION, "shop", "f"));
  }

  static SchemaObject object(Kind kind, String database, String name) {
    RawText ddl = RawText.ofUtf8("CREATE " + kind + " `" + name + "`");
    return new SchemaObject(kind, database, name, List.of(ddl), Map.of(), "");
  }

  /** With rows left out as far as the backup tells: memory servers know no conditions. */
  public static Manifest backup(MemoryServer server, Repository repository, Scope scope) {
    return new BackupFlow(server, repository, Clock.systemUTC(), Progress.NONE)
        .run(
            new BackupFlow.Request(
                scope, 1, Map.of(), Pace.UNLIMITED, BackupFlow.Request.LOCK_WAIT));
  }

  public static Manifest backup(MemoryServer server, Repository repository, int threads) {
    return new BackupFlow(server, repository, Clock.systemUTC(), Progress.NONE)
        .run(new BackupFlow.Request(Selection.ALL, threads, Map.of()));
  }

  static RestoreFlow.Report restore(
      Repository repository, SnapshotImporter importer, MemoryServer target, Existing existing) {
    return restore(repository, importer, target, existing, Selection.ALL);
  }

  static RestoreFlow.Report restore(
      Repository repository,
      SnapshotImporter importer,
      MemoryServer target,
      Existing existing,
      Selection selection) {
    BackupContents contents = BackupContents.read(repository, "latest");
    return new RestoreFlow(repository, importer, target, Progress.NONE)
        .run(
            new RestorePlanner(selection, Map.of(), false)
                .plan(contents.manifest().id(), contents.tables(), contents.objects()),
            new RestoreFlow.Request(existing, Verify.FULL, 3));
  }

  /** All rows by table; of tables without a key in order of their text. */
  static Map<TableName, List<String>> rows(MemoryServer server) {
    Map<TableName, List<String>> rows = new TreeMap<>();
    for (TableName name : List.of(ITEMS, LOG, FEW)) {
      if (server.has(name)) {
        List<String> sorted = new ArrayList<>(server.table(name).rows());
        Collections.sort(sorted);
        rows.put(name, sorted);
      }
    }
    return rows;
  }
}
