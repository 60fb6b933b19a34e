package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With a binary log, as it is by default. */
@NeedsBed(Bed.MYSQL8)
class MysqlLockingTest extends LockingContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        // on a slow disk commits that are flushed leave quiet moments
        MysqlServer.start(
            directory,
            MysqlRelease.V8_0,
            "--local-infile=ON",
            "--sync-binlog=0",
            "--innodb-flush-log-at-trx-commit=0"),
        Dialect.MYSQL);
  }

  @Test
  void withoutAnyLockTheLogTellsThatNothingWasWritten() throws Exception {
    execute("GRANT REPLICATION CLIENT ON *.* TO reader@'127.0.0.1'");
    execute("CREATE DATABASE bank2", "CREATE TABLE bank2.one (id INT)");
    try (Snapshot snapshot = engine().exporterOf("reader").open(2)) {
      assertThat(snapshot.warnings()).hasSize(1).first().asString().contains("did not grow");
    }
    try (Bank bank = Bank.open(() -> engine().connect(), 8)) {
      bank.await(20);
      OpsException e = null;
      // slow writers leave a quiet moment now and then, which is as good as a lock
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (e == null && System.nanoTime() < end) {
        e = catchThrowableOfType(OpsException.class, () -> exporter().open(2).close());
      }
      assertThat(e).isNotNull();
      assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(e.getMessage()).contains("grew each time");
    }
  }

  private SnapshotExporter exporter() {
    return engine().exporterOf("reader");
  }

  @Test
  void aLongQueryIsNamedBeforeTheGlobalLockWaitsForIt() throws Exception {
    duringALongQuery(
        id -> {
          OpsException e = refusal(engine().exporter(), Duration.ofSeconds(2));
          assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
          assertThat(e.getMessage()).contains("id " + id + " of user root");
          assertThat(e.hint()).contains("--lock-wait");
        });
  }

  @Test
  void whoeverMayFlushNeedNotLockTheInstance() throws SQLException {
    execute(
        "CREATE USER flusher@'127.0.0.1'",
        "GRANT SELECT, RELOAD, PROCESS ON *.* TO flusher@'127.0.0.1'");
    try (Snapshot snapshot = engine().exporterOf("flusher").open(2)) {
      assertThat(snapshot.warnings()).isEmpty();
    }
  }
}
