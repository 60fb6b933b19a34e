package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;

/** With LOAD DATA LOCAL off, as it is unless somebody switches it on: rows go in by INSERT. */
@NeedsBed(Bed.MYSQL9)
class Mysql9EngineTest extends MysqlContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        MysqlServer.start(directory, MysqlRelease.V9, "--local-infile=OFF"), Dialect.MYSQL);
  }
}
