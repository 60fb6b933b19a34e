package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.util.List;

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
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> invalidViews() {
    return List.of("invalid_v");
  }
}
