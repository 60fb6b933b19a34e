package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsBed(Bed.MARIADB)
class MariaDbPartsTest extends PartsContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory, "--log-bin"), Dialect.MARIADB);
  }

  @Test
  void whatTheTargetDoesNotTakeIsDoneWithout() throws SQLException {
    String wide = "(id INT PRIMARY KEY, a VARCHAR(1000), b INT, UNIQUE KEY u (a), KEY k (b))";
    execute(
        "CREATE SEQUENCE shop.gone",
        "CREATE TABLE shop.needs (id INT PRIMARY KEY, n INT DEFAULT NEXTVAL(shop.gone))",
        "INSERT INTO shop.needs VALUES (1, 1)",
        "DROP SEQUENCE shop.gone",
        "CREATE TABLE shop.wide " + wide + " CHARACTER SET latin1",
        "INSERT INTO shop.wide VALUES (1, 'x', 5)",
        "CREATE TRIGGER shop.checked BEFORE DELETE ON shop.needs FOR EACH ROW SET @n=1");
    List<String> logged = ask("SELECT * FROM shop.log");
    engine().backup(repository(), "shop");
    execute("DROP DATABASE shop");
    String format = ask("SELECT @@innodb_default_row_format").get(0);
    execute("SET GLOBAL innodb_default_row_format=compact");
    RestoreFlow.Report report;
    try {
      report = engine().restore(repository(), planner(Map.of()), Existing.FAIL);
    } finally {
      execute("SET GLOBAL innodb_default_row_format=" + format);
    }

    assertThat(report.missing())
        .extracting(m -> m.as() + " " + m.cause().kind())
        .containsExactly("shop.needs PARTIAL");
    assertThat(report.missing().get(0).cause()).hasMessageContaining("gone");
    assertThat(report.warnings()).hasSize(1);
    assertThat(report.warnings().get(0)).contains("shop.wide").contains("too large");
    assertThat(report.verified()).isEqualTo(report.rows());
    assertThat(ask("SELECT * FROM shop.log")).containsExactlyInAnyOrderElementsOf(logged);
    assertThat(ask("SHOW TABLES IN shop")).contains("log", "item").doesNotContain("needs");
    assertThat(
            ask(
                "SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA='shop'"
                    + " AND TABLE_NAME='wide' ORDER BY 1"))
        .containsExactly("k", "PRIMARY");
    assertThat(ask("SHOW DATABASES")).doesNotContain("nsql_ops_restore");
  }

  /** Otherwise a killed restore would load chunks twice. */
  @Test
  void theLedgerHasTransactionsWhateverTheDefaultEngine() throws SQLException {
    execute("SET GLOBAL default_storage_engine=Aria");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("this one");
      assertThat(
              ask(
                  "SELECT DISTINCT ENGINE FROM information_schema.TABLES WHERE"
                      + " TABLE_SCHEMA='nsql_ops_restore'"))
          .containsExactly("InnoDB");
      importer.complete();
    } finally {
      execute("SET GLOBAL default_storage_engine=InnoDB");
    }
  }

  @Test
  void whatHasLandedOfATableStaysWhenItsRowsAreNotTaken() throws SQLException {
    engine().backup(repository(), "shop");
    execute("DROP DATABASE shop");
    OpsException refusal =
        new OpsException(ErrorKind.VERIFICATION_FAILED, "rows", "not taken", "This is a test.");
    try (SnapshotImporter importer = engine().importer()) {
      SnapshotImporter faulty =
          new LoaderFaults(
              importer,
              1,
              LoaderFaults.When.AFTER,
              () -> {
                throw refusal;
              });
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> engine().restore(repository(), faulty, Existing.FAIL, Map.of()));
      assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      assertThat(e).hasMessageContaining("the rows of 1 table");
      assertThat(importer.unfinished()).isPresent();
    }
    assertThat(engine().restore(repository(), Existing.FAIL).missing()).isEmpty();
    assertThat(ask("SELECT COUNT(*) FROM shop.item")).containsExactly("5");
    assertThat(ask("SELECT COUNT(*) FROM shop.log")).containsExactly("3");
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("4");
  }

  /** Its transaction lives as long as it does: what it has read in it, nobody may drop. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aBackupDoesNotKeepARestoreFromItsEnd() {
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("20261126T012926Z-d92c4e1a/1234");
      try (Snapshot snapshot = engine().exporter().open(1)) {
        assertThat(snapshot.unfinishedRestore()).contains("20261126T012926Z-d92c4e1a/1234");
        importer.complete();
        assertThat(importer.unfinished()).isEmpty();
      }
    }
  }

  @Test
  void theServersOwnDatabasesAreNoPlaceForOthers() throws SQLException {
    engine().backup(repository(), "shop");
    for (String own : List.of("mysql", "nsql_ops_restore")) {
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> engine().restore(repository(), planner(Map.of("shop", own)), Existing.FAIL));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e).hasMessageContaining("server's own");
    }
    assertThat(ask("SHOW DATABASES")).doesNotContain("nsql_ops_restore");
  }
}
