package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How one moment is caught with more rights and with less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LockingContract {
  private static final String READING = "SELECT, SHOW VIEW, TRIGGER, EVENT, PROCESS";

  private @Nullable TestedEngine started;

  protected abstract TestedEngine start(Path directory);

  @BeforeAll
  void startServer(@TempDir Path directory) throws SQLException {
    started = start(directory);
    execute(
        "CREATE USER locker@'127.0.0.1'",
        "GRANT " + READING + ", LOCK TABLES ON *.* TO locker@'127.0.0.1'",
        "CREATE USER reader@'127.0.0.1'",
        "GRANT " + READING + " ON *.* TO reader@'127.0.0.1'");
  }

  @AfterAll
  void stopServer() {
    if (started != null) {
      started.close();
    }
  }

  @AfterEach
  void drop() throws SQLException {
    execute("DROP DATABASE IF EXISTS bank", "DROP DATABASE IF EXISTS bank2");
  }

  protected final TestedEngine engine() {
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  protected final void execute(String... statements) throws SQLException {
    engine().server().execute(statements);
  }

  @Test
  void withoutRightToLockTheServerItsTablesAreLocked() throws Exception {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    Manifest manifest;
    long before;
    long after;
    try (Bank bank = Bank.open(() -> engine().connect(), 3)) {
      bank.await(20);
      before = bank.transfers();
      manifest = TestedEngine.backup(engine().exporterOf("locker"), repository, 4, "bank");
      bank.await(20);
      after = bank.transfers();
    }
    assertThat(after).isGreaterThan(before);
    assertThat(manifest.warnings()).hasSize(1).first().asString().contains("tables was locked");
    engine().restore(repository, Existing.REPLACE, Map.of("bank", "bank2"));
    try (Connection connection = engine().connect()) {
      assertThat(Bank.sum(connection, "bank2")).isEqualTo(Bank.SUM);
    }
  }

  /** Servers leave out what an account has no right on, without a word. */
  @Test
  void whatAnAccountDoesNotSeeIsTold() throws SQLException {
    execute(
        "CREATE DATABASE bank",
        "CREATE TABLE bank.one (id INT PRIMARY KEY)",
        "CREATE TRIGGER bank.watch BEFORE INSERT ON bank.one FOR EACH ROW SET @a=1",
        "CREATE PROCEDURE bank.audit() SELECT 1",
        "CREATE USER IF NOT EXISTS half@'127.0.0.1'",
        "GRANT SELECT, SHOW VIEW, LOCK TABLES ON `ba%`.* TO half@'127.0.0.1'");
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

    Manifest half = TestedEngine.backup(engine().exporterOf("half"), repository, 1, "bank");

    assertThat(half.warnings())
        .contains(
            "triggers of bank cannot be seen, so any there are is not in the backup: the right"
                + " TRIGGER is missing",
            "events of bank cannot be seen, so any there are is not in the backup: the right"
                + " EVENT is missing",
            "routines of bank cannot be seen, so any there are is not in the backup: the right"
                + " SELECT ON *.* is missing");
    execute("GRANT TRIGGER, EVENT ON `ba%`.* TO half@'127.0.0.1'");
    Manifest more = TestedEngine.backup(engine().exporterOf("half"), repository, 1, "bank");
    assertThat(more.warnings()).filteredOn(w -> w.contains("cannot be seen")).hasSize(1);
    execute("GRANT SELECT ON *.* TO half@'127.0.0.1'");
    Manifest all = TestedEngine.backup(engine().exporterOf("half"), repository, 1, "bank");
    assertThat(all.warnings()).filteredOn(w -> w.contains("cannot be seen")).isEmpty();
    execute("DROP USER half@'127.0.0.1'");
  }

  @Test
  void tablesWithoutTransactionsAreNamed() throws SQLException {
    execute(
        "CREATE DATABASE bank",
        "CREATE TABLE bank.old (id INT) ENGINE=MyISAM",
        "CREATE TABLE bank.fine (id INT) ENGINE=InnoDB");
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    Manifest manifest = engine().backup(repository, "bank");
    assertThat(manifest.warnings()).hasSize(1);
    assertThat(manifest.warnings().get(0)).contains("bank.old", "MyISAM");
  }

  /** Runs a slow query of another session until the body is done. */
  protected final void duringALongQuery(Body body) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      long id = id(statement);
      Thread slow =
          new Thread(
              () -> {
                try {
                  statement.execute("SELECT SLEEP(600)");
                } catch (SQLException e) {
                  // it was killed, as it shall be
                } finally {
                  ended.countDown();
                }
              });
      slow.start();
      try {
        awaitRunningFor(id, 3);
        body.run(id);
      } finally {
        execute("KILL " + id);
        ended.await();
      }
    }
  }

  private void awaitRunningFor(long id, int seconds) throws SQLException, InterruptedException {
    String asked =
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND='Query' AND ID=%d AND TIME>=%d"
            .formatted(id, seconds);
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      boolean there = false;
      while (!there) {
        try (ResultSet row = statement.executeQuery(asked)) {
          there = row.next() && row.getInt(1) == 1;
        }
        Thread.sleep(50);
      }
    }
  }

  interface Body {
    void run(long id) throws Exception;
  }

  private static long id(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }

  protected final OpsException refusal(SnapshotExporter exporter, Duration wait) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> exporter.open(2, wait).close());
    assertThat(e).isNotNull();
    return e;
  }

  protected static void assertUsage(OpsException e, List<String> parts) {
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage() + e.hint()).contains(parts);
  }
}
