package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.tidb.TidbDialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.TidbServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
  protected String insertOfNextId() {
    return "INSERT INTO hard.ai (v) VALUES (9)";
  }

  @Override
  protected Map<String, String> timeLimits() {
    return Map.of(
        "wait_timeout", "1",
        "max_execution_time", "1000",
        "tidb_idle_transaction_timeout", "1");
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db");
  }

  /** A server that restores takes a new batch of ids for its cache: the next one is higher. */
  @Override
  protected void settle(Map<String, List<String>> facts) {
    facts.replaceAll(
        (what, lines) ->
            lines.stream()
                .map(l -> l.replaceAll("(AUTO_INCREMENT|AUTO_RANDOM_BASE)=\\d+", "$1=…"))
                .toList());
  }
}
