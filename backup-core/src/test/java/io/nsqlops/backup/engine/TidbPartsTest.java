package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

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
