package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.ForgetfulImporter;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A server with as many tables as one likes, which are made up as they are asked for. */
final class LargeCatalogue implements SnapshotExporter {
  private static final int PER_DATABASE = 10_000;

  private final int tables;

  LargeCatalogue(int tables) {
    this.tables = tables;
  }

  /**
   * Backs such a server up twice and verifies the second backup, or restores the latest one if
   * "restore" is the third argument; prints what they came to.
   */
  public static void main(String[] arguments) {
    if (arguments.length > 2) {
      restore(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      return;
    }
    LargeCatalogue server = new LargeCatalogue(Integer.parseInt(arguments[1]));
    Repository repository =
        MemoryRepositories.unencrypted(new FilesystemObjectStore(Path.of(arguments[0])));
    for (int i = 0; i < 2; i++) {
      Manifest made =
          new BackupFlow(server, repository, Clock.systemUTC(), Progress.NONE)
              .run(new BackupFlow.Request(Selection.ALL, 2, Map.of()));
      System.out.println("backup " + made.totals());
    }
    VerifyFlow.Report verified = new VerifyFlow(repository, Progress.NONE).run("latest", 2);
    System.out.println(
        "verified " + verified.tables() + " tables, damaged " + verified.damages().size());
  }

  private static void restore(Path directory, int tables) {
    LargeCatalogue server = new LargeCatalogue(tables);
    Repository repository =
        Repository.open(
            new FilesystemObjectStore(directory), new ClearKeyProvider(), CryptoSuite.JDK);
    BackupContents contents = BackupContents.read(repository, "latest");
    RestoreFlow.Report report =
        new RestoreFlow(repository, new ForgetfulImporter(server.server()), server, Progress.NONE)
            .run(
                new RestorePlanner(Selection.ALL, Map.of(), false)
                    .plan(contents.manifest(), contents.tables(), contents.objects()),
                new RestoreFlow.Request(Existing.FAIL, Verify.FULL, 2));
    System.out.println(
        "restored " + report.tables() + " tables, verified " + report.verified() + " rows");
  }

  @Override
  public ServerInfo server() {
    return new ServerInfo("memory", "1", "memory:1");
  }

  @Override
  public Snapshot open(int readers) {
    return new View();
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    return new View();
  }

  @Override
  public void close() {}

  private final class View implements Snapshot {
    @Override
    public SnapshotPoint point() {
      return new SnapshotPoint("memory", Instant.EPOCH);
    }

    @Override
    public List<TableEstimate> tables() {
      List<TableEstimate> all = new ArrayList<>();
      String database = "";
      for (int i = 0; i < tables; i++) {
        if (i % PER_DATABASE == 0) {
          database = "db" + i / PER_DATABASE;
        }
        TableName name = new TableName(database, "table_of_a_tenant_" + i);
        all.add(new TableEstimate(name, 16384));
      }
      return all;
    }

    @Override
    public List<SchemaObject> objects(Predicate<SchemaObject> wanted) {
      return List.of();
    }

    @Override
    public Accounts accounts() {
      return Accounts.NONE;
    }

    @Override
    public TableReader reader() {
      return new Reader();
    }

    @Override
    public void proveHeld() {}

    @Override
    public void close() {}
  }

  private static final class Reader implements TableReader {
    @Override
    public Table describe(TableName name) {
      return new Table(
          name,
          List.of(
              new Column("id", "bigint", ""),
              new Column("tenant", "varchar", "utf8mb4"),
              new Column("created", "datetime", "")),
          1,
          true,
          RawText.ofUtf8(
              "CREATE TABLE `"
                  + name.table()
                  + "` (\n  `id` bigint NOT NULL,\n"
                  + "  `tenant` varchar(200) NOT NULL,\n  `created` datetime NOT NULL,\n"
                  + "  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"));
    }

    @Override
    public List<RawText> splitKeys(Table table, int parts) {
      return List.of();
    }

    @Override
    public long count(Table table) {
      return 1;
    }

    @Override
    public void read(Table table, KeyRange range, long limit, RowSink sink) {
      byte[] row =
          ("1\t" + table.name() + "\t2026-01-01 00:00:00\n").getBytes(StandardCharsets.UTF_8);
      int start = sink.buffer().length;
      CanonicalText.plain(sink.buffer(), row, 0, row.length);
      sink.row(start, start + 1);
    }

    @Override
    public void close() {}
  }
}
