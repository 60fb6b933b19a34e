package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@NeedsBed(Bed.TIDB)
class TidbServerTest extends SqlServerContract<TidbServer> {

  @Override
  TidbServer start(Path home) {
    return TidbServer.start(home);
  }

  @Test
  void readsThePastByTimestampAndWritesASlowLog() throws Exception {
    try (TidbServer server =
            TidbServer.start(directory, "[instance]", "tidb_slow_log_threshold = 1");
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      assertThat(query(server, "SELECT VERSION()")).contains("TiDB-v8.5");
      store(server, "old");
      String timestamp;
      try (ResultSet status = statement.executeQuery("SHOW MASTER STATUS")) {
        assertThat(status.next()).isTrue();
        timestamp = status.getString("Position");
      }
      store(server, "new");
      // the row that the garbage collector of a real cluster writes first
      statement.execute(
          "INSERT IGNORE INTO mysql.tidb"
              + " VALUES ('tikv_gc_safe_point', '20061231-23:59:59.000 +0000', '')");
      statement.execute("SET @@tidb_snapshot = '" + timestamp + "'");
      try (ResultSet past = statement.executeQuery("SELECT text FROM shop.note")) {
        assertThat(past.next()).isTrue();
        assertThat(past.getString(1)).isEqualTo("old");
      }
      assertThat(stored(server)).isEqualTo("new");
      statement.execute("SELECT SLEEP(0.05)");
      assertThat(server.slowLog()).isNotEmptyFile();
      assertThat(TidbServer.program("dumpling")).isExecutable();
    }
  }
}
