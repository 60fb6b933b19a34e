package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;

@NeedsBed(Bed.TIDB)
class TidbRangesTest extends RangesContract {
  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(TidbServer.start(directory), TidbDialect.TIDB);
  }

  @Override
  protected boolean knowsSizes() {
    return false;
  }
}
