package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

@NeedsBed(Bed.MYSQL9)
class Mysql9MoveTest extends MoveContract {
  @Override
  protected TestedEngine start(Path home) {
    return new TestedEngine(
        MysqlServer.start(
            home, MysqlRelease.V9, "--local-infile=ON", "--event-scheduler=OFF", "--skip-log-bin"),
        Dialect.MYSQL);
  }

  @Override
  protected String script() {
    return "mysql.sql";
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> client() {
    return MysqlRelease.client("mysql");
  }

  @Override
  protected List<String> dumper() {
    return MysqlRelease.client("mysqldump");
  }

  /** Of rows of generated columns alone it makes a statement that no server takes. */
  @Override
  protected List<String> tooHardForTheDumper() {
    return List.of("DROP TABLE hard.allgen", "DROP EVENT IF EXISTS hard.`e v`");
  }

  @Override
  protected Set<String> lossyInTheDumper() {
    return Set.of("floats", "floatkey", "japanese");
  }
}
