package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@NeedsBed(Bed.MARIADB)
class MariaDbServerTest extends SqlServerContract<MariaDbServer> {

  @Override
  MariaDbServer start(Path home) {
    return MariaDbServer.start(home);
  }

  @Test
  void optionsAreTakenDataAndUsersSurviveAndGrantsHold() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(directory, "--server-id=77", "--log-bin=b")) {
      assertThat(query(server, "SELECT VERSION()")).startsWith("11.4.5-MariaDB");
      assertThat(query(server, "SELECT @@server_id")).isEqualTo("77");
      assertThat(query(server, "SELECT @@log_bin")).isEqualTo("1");
      store(server, "kept");
      server.execute(
          "CREATE USER reader@'127.0.0.1'", "GRANT SELECT ON shop.* TO reader@'127.0.0.1'");

      server.restart();
      assertThat(stored(server)).isEqualTo("kept");
      assertThat(query(server, "SELECT COUNT(*) FROM mysql.user WHERE user = 'reader'"))
          .isEqualTo("1");
      assertThat(server.logFile()).content().contains("ready for connections");
    }
    try (MariaDbServer again = MariaDbServer.start(directory)) {
      assertThat(stored(again)).isEqualTo("kept");
    }
  }
}
