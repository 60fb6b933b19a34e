package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;
import java.util.List;

@NeedsBed(Bed.TIDB)
class TidbEngineTest extends EngineContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(TidbServer.start(directory), TidbDialect.TIDB);
  }

  @Override
  protected String script() {
    return "tidb.sql";
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db");
  }
}
