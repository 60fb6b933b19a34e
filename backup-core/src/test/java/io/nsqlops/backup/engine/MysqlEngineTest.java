package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;

@NeedsBed(Bed.MYSQL8)
class MysqlEngineTest extends MysqlContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        MysqlServer.start(directory, MysqlRelease.V8_0, "--local-infile=ON"), Dialect.MYSQL);
  }
}
