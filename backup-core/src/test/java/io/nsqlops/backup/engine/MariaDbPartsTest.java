package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;

@NeedsBed(Bed.MARIADB)
class MariaDbPartsTest extends PartsContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory, "--log-bin"), Dialect.MARIADB);
  }
}
