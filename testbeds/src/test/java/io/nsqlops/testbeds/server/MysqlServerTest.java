package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MysqlServerTest {

  @Nested
  @NeedsBed(Bed.MYSQL8)
  class Release8 extends SqlServerContract<MysqlServer> {
    @Override
    MysqlServer start(Path home) {
      return MysqlServer.start(home, MysqlRelease.V8_0);
    }

    @Test
    void itIsTheGenuineServerWithOurOptions() throws Exception {
      try (MysqlServer server =
          MysqlServer.start(directory, MysqlRelease.V8_0, "--server-id=78", "--log-bin=b")) {
        assertThat(query(server, "SELECT VERSION()")).isEqualTo("8.0.15");
        assertThat(query(server, "SELECT @@server_id")).isEqualTo("78");
        assertThat(query(server, "SELECT @@log_bin")).isEqualTo("1");
        server.execute("LOCK INSTANCE FOR BACKUP", "UNLOCK INSTANCE");
      }
    }
  }

  @Nested
  @NeedsBed(Bed.MYSQL9)
  class Release9 extends SqlServerContract<MysqlServer> {
    @Override
    MysqlServer start(Path home) {
      return MysqlServer.start(home, MysqlRelease.V9);
    }

    @Test
    void itIsOfTheNineLineAndKeepsItsData() throws Exception {
      try (MysqlServer server = start(directory)) {
        assertThat(query(server, "SELECT VERSION()")).startsWith("9.");
        store(server, "kept");
      }
      try (MysqlServer again = start(directory)) {
        assertThat(stored(again)).isEqualTo("kept");
      }
    }
  }
}
