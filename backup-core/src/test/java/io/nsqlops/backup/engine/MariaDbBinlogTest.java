package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.MARIADB)
class MariaDbBinlogTest {
  /**
   * As parameters, the binary log would hold text of another character set for replicas to read.
   */
  @Test
  void withABinaryLogRowsGoByFile(@TempDir Path directory) throws SQLException {
    try (TestedEngine engine =
        new TestedEngine(
            MariaDbServer.start(directory, "--log-bin", "--log-output=TABLE"), Dialect.MARIADB)) {
      engine.makeBig(10);
      assertThat(GeneralLog.ofRestore(engine, "big", GeneralLog.LOAD))
          .containsExactly("`big`.`rows`");
    }
  }
}
