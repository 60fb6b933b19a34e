package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@NeedsBed(Bed.TIDB)
class TidbAccountTest extends AccountContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        TidbServer.start(directory, "[security]", "auto-tls = true"), TidbDialect.TIDB);
  }

  @Override
  protected List<String> scripts() {
    return List.of("accounts-tidb.sql");
  }

  @Override
  protected Map<String, String> logins() {
    return Map.of("reader", "pa'ss\\ 1", "writer", "secret", "definer", "d", "never", "x");
  }

  @Override
  protected List<String> rightsWithoutAccounts() {
    return List.of("SELECT, SHOW VIEW ON shop.*", "SELECT ON mysql.tidb");
  }
}
