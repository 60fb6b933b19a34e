package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
}
