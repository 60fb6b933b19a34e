package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.Pace;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server has and cannot show. */
class DamagedServerTest {
  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  private static TestedEngine mariaDb(Path directory) {
    return new TestedEngine(
        MariaDbServer.start(directory, "--event-scheduler=DISABLED"), Dialect.MARIADB);
  }

  private static void damage(TestedEngine engine) throws SQLException {
    engine
        .server()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.good AS SELECT 1 AS id",
            "CREATE TABLE shop.lost (id INT)",
            "CREATE TABLE shop.gone (id INT)",
            "ALTER TABLE shop.lost DISCARD TABLESPACE",
            "ALTER TABLE shop.gone DISCARD TABLESPACE");
  }

  private OpsException refused(TestedEngine engine, String... exclude) {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> backup(engine, List.of(exclude)));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.UNREADABLE);
    assertThat(e.hint()).contains("--exclude");
    assertThat(repository.backupIds()).isEmpty();
    return e;
  }

  private Manifest backup(TestedEngine engine, List<String> exclude) {
    Selection selection = new Selection(List.of(), exclude);
    return TestedEngine.backup(
        engine.exporter(), repository, new BackupFlow.Request(selection, 2, Map.of()));
  }

  private void allAreNamedAndCanBeLeftOut(TestedEngine engine) throws SQLException {
    damage(engine);
    assertThat(refused(engine)).hasMessageContaining("2 tables").hasMessageContaining("shop.lost");
    assertThat(refused(engine, "shop.lost"))
        .hasMessageContaining("shop.gone cannot be read")
        .hasMessageContaining("1814");
    allAreNamedUnderConditionsToo(engine);
    assertThat(backup(engine, List.of("shop.lost", "shop.gone")).totals().tables()).isOne();
  }

  private void allAreNamedUnderConditionsToo(TestedEngine engine) {
    RowFilter some = new RowFilter(List.of(new RowFilter.Condition("shop.*", "id > 0")));
    Scope scope = new Scope(Selection.ALL, some, Content.ALL);
    BackupFlow.Request request =
        new BackupFlow.Request(scope, 2, Map.of(), Pace.UNLIMITED, BackupFlow.Request.LOCK_WAIT);
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> TestedEngine.backup(engine.exporter(), repository, request));
    assertThat(e.kind()).isEqualTo(ErrorKind.UNREADABLE);
    assertThat(e).hasMessageContaining("2 tables cannot be read: shop.gone, shop.lost");
  }

  @Test
  @NeedsBed(Bed.MARIADB)
  void tablesOfMariaDb(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine = mariaDb(directory)) {
      allAreNamedAndCanBeLeftOut(engine);
    }
  }

  @Test
  @NeedsBed(Bed.MYSQL8)
  void tablesOfMysql(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine =
        new TestedEngine(
            MysqlServer.start(directory, MysqlRelease.V8_0, "--event-scheduler=DISABLED"),
            Dialect.MYSQL)) {
      allAreNamedAndCanBeLeftOut(engine);
    }
  }

  @Test
  @NeedsBed(Bed.MARIADB)
  void aSequence(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine = mariaDb(directory)) {
      engine
          .server()
          .execute(
              "CREATE DATABASE shop",
              "CREATE SEQUENCE shop.numbers",
              "ALTER TABLE shop.numbers DISCARD TABLESPACE");
      assertThat(refused(engine)).hasMessageContaining("shop.numbers cannot be read");
      assertThat(backup(engine, List.of("shop.numbers")).warnings()).isEmpty();
    }
  }

  /** With this setting MariaDB refuses to show any. */
  @Test
  @NeedsBed(Bed.MARIADB)
  void eventsThatAreHidden(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine = mariaDb(directory)) {
      engine.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.good AS SELECT 1 AS id");
      assertThat(backup(engine, List.of()).warnings()).isEmpty();
      engine
          .server()
          .execute(
              "INSERT INTO mysql.event (db, name, body, definer, body_utf8, originator)"
                  + " VALUES ('shop', 'e', 'DO 1', 'root@localhost', 'DO 1', 1)");
      assertThat(backup(engine, List.of()).warnings())
          .singleElement()
          .asString()
          .startsWith("events cannot be seen");
    }
  }
}
