package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@NeedsBed(Bed.MYSQL8)
class Mysql8AccountTest extends AccountContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        MysqlServer.start(directory, MysqlRelease.V8_0, "--local-infile=ON"), Dialect.MYSQL);
  }

  @Override
  protected List<String> scripts() {
    return List.of("accounts-mysql.sql", "accounts-mysql8.sql");
  }

  @Override
  protected Map<String, String> logins() {
    return Map.of("reader", "pa'ss\\ 1", "definer", "d", "native", "old", "nothing", "");
  }

  @Override
  protected List<String> rightsWithoutAccounts() {
    return List.of(
        "RELOAD, REPLICATION CLIENT, BACKUP_ADMIN ON *.*",
        "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*");
  }
}
