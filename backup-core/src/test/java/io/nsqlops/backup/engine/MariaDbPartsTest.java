package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

@NeedsBed(Bed.MARIADB)
class MariaDbPartsTest extends PartsContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(MariaDbServer.start(directory, "--log-bin"), Dialect.MARIADB);
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
