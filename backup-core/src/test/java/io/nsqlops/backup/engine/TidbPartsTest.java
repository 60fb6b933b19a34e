package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.move.ExportFlow;
import io.nsqlops.backup.flow.move.ExportRequest;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.TIDB)
class TidbPartsTest extends PartsContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(TidbServer.start(directory), TidbDialect.TIDB);
  }

  @Override
  protected boolean hasDeferredIndexes() {
    return false;
  }

  @Override
  protected boolean hasPrograms() {
    return false;
  }

  @Override
  protected List<String> makeSelfActing() {
    return List.of(
        "CREATE TABLE shop.session (id INT PRIMARY KEY, t DATETIME) TTL = `t` + INTERVAL 1 DAY"
            + " COMMENT 'has TTL_ENABLE=''ON'' by itself'",
        "CREATE TABLE shop.kept (id INT PRIMARY KEY, t DATETIME) TTL = `t` + INTERVAL 1 DAY"
            + " TTL_ENABLE='OFF'",
        "INSERT INTO shop.session VALUES (1, '2020-01-01')");
  }

  @Override
  protected List<String> selfActing() throws SQLException {
    List<String> definitions = ask("SHOW CREATE TABLE shop.session", 2);
    definitions.addAll(ask("SHOW CREATE TABLE shop.kept", 2));
    return definitions.stream().filter(d -> d.contains("TTL_ENABLE='ON'")).toList();
  }

  @Test
  void aScriptLeavesTheSettingsOfItsSessionAsTheyWere(@TempDir Path directory)
      throws SQLException, IOException {
    String id = engine().backup(repository(), "shop").id();
    BackupContents contents = BackupContents.read(repository(), id);
    new ExportFlow(repository(), Progress.NONE)
        .run(
            contents.manifest(),
            planner(Map.of()).plan(contents.manifest(), contents.tables(), contents.objects()),
            new ExportRequest(
                directory.resolve("to"),
                DumpFormat.SQL,
                Compression.NONE,
                1000,
                1000,
                1,
                List.of()));
    List<String> settings =
        Files.readAllLines(directory.resolve("to").resolve(id + ".sql")).stream()
            .filter(l -> l.startsWith("/*"))
            .toList();
    List<String> values = new ArrayList<>();
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET allow_auto_random_explicit_insert=0");
      for (String setting : settings) {
        statement.execute(setting);
        try (ResultSet row = statement.executeQuery("SELECT @@allow_auto_random_explicit_insert")) {
          row.next();
          values.add(row.getString(1));
        }
      }
    }
    assertThat(values).contains("1").startsWith("0").endsWith("0");
  }

  /** As if a restore had been killed while it switched them on: it verifies again. */
  @Test
  void timeToLiveIsOffAgainWhenARestoreGoesOn() throws SQLException {
    execute(makeSelfActing().toArray(String[]::new));
    TableName name = new TableName("shop", "session");
    Table table;
    try (Snapshot snapshot = engine().exporter().open(1);
        TableReader reader = snapshot.reader()) {
      table = reader.describe(name);
    }
    execute("DROP TABLE shop.session");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("this one");
      importer.createTable(table, name);
      assertThat(selfActing()).isEmpty();
      importer.release(table, name);
      importer.release(table, name);
      assertThat(selfActing()).hasSize(1);
      importer.createTable(table, name);
      assertThat(selfActing()).isEmpty();
      importer.complete();
    }
  }
}
