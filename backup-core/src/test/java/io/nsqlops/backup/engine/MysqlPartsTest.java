package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

@NeedsBed(Bed.MYSQL8)
class MysqlPartsTest extends PartsContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        MysqlServer.start(directory, MysqlRelease.V8_0, "--local-infile=ON"), Dialect.MYSQL);
  }

  @Override
  protected boolean hasSequences() {
    return false;
  }

  @Override
  protected List<String> makeSelfActing() {
    return List.of(
        "CREATE EVENT shop.often ON SCHEDULE EVERY 1 HOUR DO DELETE FROM shop.log",
        "CREATE EVENT shop.late ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.sale");
  }

  @Override
  protected List<String> selfActing() throws SQLException {
    return ask(
        "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA='shop' ORDER BY 1");
  }
}
