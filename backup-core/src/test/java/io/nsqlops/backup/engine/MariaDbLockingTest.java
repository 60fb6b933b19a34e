package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a binary log. */
@NeedsBed(Bed.MARIADB)
class MariaDbLockingTest extends LockingContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory), Dialect.MARIADB);
  }

  @Test
  void withNothingToHoldOnToItIsRefused() throws SQLException {
    execute("CREATE DATABASE bank", "CREATE TABLE bank.one (id INT)");
    assertUsage(
        refusal(engine().exporterOf("reader"), Duration.ofSeconds(5)),
        List.of("BACKUP STAGE", "LOCK TABLES", "binary log", "RELOAD"));
  }

  @Test
  void backupStagesDoNotWaitForQueries() throws Exception {
    duringALongQuery(id -> engine().exporter().open(2, Duration.ofSeconds(5)).close());
  }
}
