package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;

@NeedsBed(Bed.MARIADB)
class MariaDbRangesTest extends RangesContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory), Dialect.MARIADB);
  }
}
