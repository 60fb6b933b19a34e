package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import io.nsqlops.testbeds.server.SqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NeedsBed(Bed.MARIADB)
class MariaDbEngineTest extends EngineContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory, "--log-bin"), Dialect.MARIADB);
  }

  @Override
  protected String script() {
    return "mariadb.sql";
  }

  @Override
  protected String insertOfNextId() {
    return "INSERT INTO hard.gen (a) VALUES (9)";
  }

  @Override
  protected Map<String, String> restrictions() {
    return Map.of(
        "sql_select_limit", "2",
        "sql_safe_updates", "1",
        "tx_read_only", "1",
        "max_join_size", "1",
        "sql_big_selects", "0",
        "completion_type", "'CHAIN'",
        "explicit_defaults_for_timestamp", "0",
        "system_versioning_asof", "'2020-01-01'");
  }

  @Override
  protected List<String> hiddenByRestrictions() {
    return List.of(
        "CREATE TABLE big.third (v INT) WITH SYSTEM VERSIONING",
        "INSERT INTO big.third VALUES (1),(2),(3)");
  }

  @Override
  protected Map<String, String> timeLimits() {
    return Map.of(
        "wait_timeout", "1",
        "max_statement_time", "1",
        "idle_transaction_timeout", "1",
        "idle_readonly_transaction_timeout", "1",
        "idle_write_transaction_timeout", "1");
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> invalidViews() {
    return List.of("invalid_v");
  }

  /** As an engine leaves them that is not there any more, or a server of another version. */
  @Test
  void optionsThatNoStorageEngineKnowsAreKept() throws SQLException {
    execute(
        "CREATE DATABASE big",
        "SET sql_mode='IGNORE_BAD_TABLE_OPTIONS'",
        "CREATE TABLE big.t (a INT unk='*/ x' other='2', b INT WITHOUT SYSTEM VERSIONING, KEY (a)"
            + " foo='5') bar='9' COMMENT '/* `' WITH SYSTEM VERSIONING",
        "INSERT INTO big.t VALUES (1, 2)");
    Map<String, List<String>> before = engine().state(List.of("big"));
    assertThat(before.toString()).contains("/* `unk`='*/ x' `other`='2' */", "/* `foo`='5' */");
    engine().backup(repository(), "big");
    engine().restore(repository(), Existing.REPLACE);
    assertThat(engine().state(List.of("big"))).isEqualTo(before);
    assertThat(engine().diff(repository(), "big").equal()).isTrue();
  }

  @Test
  void ofWhatFailsHalfwayNothingIsInTheWay() throws SQLException {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    SqlServer server = engine().server();
    // a sequence is made by one statement and set by another, which needs one right more
    server.execute("CREATE DATABASE half", "CREATE SEQUENCE half.s START WITH 7");
    engine().backup(repository, "half");
    server.execute(
        "DROP DATABASE half",
        "CREATE USER 'half'@'%' IDENTIFIED BY 'h'",
        "GRANT CREATE, DROP, SELECT, INSERT, DELETE ON nsql_ops_restore.* TO 'half'@'%'",
        "GRANT CREATE, DROP, ALTER, SELECT ON half.* TO 'half'@'%'");
    try {
      assertThatThrownBy(() -> engine().as("half", "h").restore(repository, Existing.FAIL))
          .hasMessageContaining("INSERT command denied");

      engine().restore(repository, Existing.FAIL);

      assertThat(engine().diff(repository).equal()).isTrue();
    } finally {
      server.execute(
          "DROP DATABASE half", "DROP USER 'half'@'%'", "DROP DATABASE IF EXISTS nsql_ops_restore");
    }
  }

  /** The server takes a whole transaction back, for the good of another one. */
  @Test
  void afterADeadlockRowsArriveOnce() throws Exception {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    SqlServer server = engine().server();
    server.execute(
        "CREATE DATABASE big",
        "CREATE DATABASE other",
        "USE big",
        "CREATE TABLE other.heavy (id INT PRIMARY KEY)",
        "CREATE TABLE big.t (id INT PRIMARY KEY, v VARCHAR(300))",
        "INSERT INTO big.t SELECT seq, REPEAT(MD5(seq), 8) FROM seq_1_to_20000");
    Map<String, List<String>> before = engine().rows(List.of("big"));
    engine().backup(repository, "big");
    server.execute("TRUNCATE big.t");
    ExecutorService restoring = Executors.newSingleThreadExecutor();
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("USE big");
      // whoever changed less is taken back
      statement.execute("INSERT INTO other.heavy SELECT seq FROM seq_1_to_100000");
      statement.execute("INSERT INTO big.t VALUES (100, 'in the way')");
      RestorePlanner rows = new RestorePlanner(Selection.ALL, Map.of(), false).only(Content.DATA);
      Future<?> restore = restoring.submit(() -> engine().restore(repository, rows, Existing.FAIL));
      while (one("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'").equals("0")) {
        assertThat(restore).isNotDone();
        Thread.onSpinWait();
      }
      statement.execute("INSERT INTO big.t VALUES (1, 'in the way')");
      connection.rollback();
      restore.get(2, TimeUnit.MINUTES);
    } finally {
      restoring.shutdownNow();
    }
    assertThat(one("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")).isNotEqualTo("0");
    assertThat(engine().rows(List.of("big"))).isEqualTo(before);
  }

  @Test
  void whatIsComputedFromTimestampsIsSoInTheServersZone() throws SQLException {
    LocalTime.isThatOfTheServer(engine(), repository());
  }

  private String one(String sql) throws SQLException {
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(row.getMetaData().getColumnCount());
    }
  }
}
