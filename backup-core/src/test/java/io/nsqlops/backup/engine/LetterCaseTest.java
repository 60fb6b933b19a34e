package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups whose names have capitals, restored where names ignore case. */
class LetterCaseTest {
  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  private static OpsException refused(
      TestedEngine engine, Repository repository, Existing existing) {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> engine.restore(repository, existing));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    return e;
  }

  private static void requireTheirs(TestedEngine engine) throws SQLException {
    // in hexadecimal
    assertThat(engine.rows(List.of("shop")).values().toString()).isEqualTo("[[32 | 746865697273]]");
  }

  private void fillAndBackUp(TestedEngine source) throws SQLException {
    source
        .server()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.Orders (id INT PRIMARY KEY, v VARCHAR(9))",
            "INSERT INTO shop.Orders VALUES (1, 'ours')",
            "CREATE VIEW shop.Recent AS SELECT id FROM shop.Orders");
    source.backup(repository, "shop");
  }

  @Test
  @NeedsBed(Bed.MARIADB)
  void whereNamesBecomeLowerCaseTheyMustBeChosenSo(@TempDir Path one, @TempDir Path two)
      throws SQLException {
    try (TestedEngine source =
            new TestedEngine(MariaDbServer.start(one, "--log-bin"), Dialect.MARIADB);
        TestedEngine target =
            new TestedEngine(
                MariaDbServer.start(two, "--log-bin", "--lower-case-table-names=1"),
                Dialect.MARIADB)) {
      fillAndBackUp(source);
      target
          .server()
          .execute(
              "CREATE DATABASE shop",
              "CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(9))",
              "INSERT INTO shop.orders VALUES (2, 'theirs')");
      for (Existing existing : Existing.values()) {
        assertThat(refused(target, repository, existing).getMessage())
            .contains("become lower case")
            .contains("shop.Orders, shop.Recent");
        requireTheirs(target);
      }
      Selection tables = new Selection(List.of("shop.Orders"), List.of());
      RestorePlanner renamed =
          new RestorePlanner(tables, Map.of("shop.Orders", "shop.orders2"), false);
      assertThat(target.restore(repository, renamed, Existing.FAIL).verified()).isEqualTo(1);
    }
  }

  @Test
  @NeedsBed(Bed.TIDB)
  void whereLettersAreKeptATwinIsRefused(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine = new TestedEngine(TidbServer.start(directory), TidbDialect.TIDB)) {
      fillAndBackUp(engine);
      engine
          .server()
          .execute(
              "DROP TABLE shop.Orders",
              "DROP VIEW shop.Recent",
              "CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(9))",
              "INSERT INTO shop.orders VALUES (2, 'theirs')");
      for (Existing existing : Existing.values()) {
        assertThat(refused(engine, repository, existing).getMessage())
            .contains("shop.Orders as shop.orders");
        requireTheirs(engine);
      }
      engine.server().execute("DROP DATABASE shop", "CREATE DATABASE SHOP");
      assertThat(refused(engine, repository, Existing.FAIL).getMessage()).contains("shop as SHOP");
      engine.server().execute("DROP DATABASE SHOP");
      assertThat(engine.restore(repository, Existing.FAIL).verified()).isEqualTo(1);
      assertThat(engine.restore(repository, Existing.REPLACE).verified()).isEqualTo(1);
    }
  }
}
