package io.nsqlops.logs.parse.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RocksdbLogTest {
  private final RocksdbLog format = new RocksdbLog();

  @Test
  void readsALineWithoutBracketsRoundTheMessage() {
    Parsed line =
        Parsed.by(
            format,
            "[2024/02/28 15:38:10.140 +08:00][17][INFO] [db/db_impl.cc:12] Shutdown: [JOB 3] done");
    assertThat(line.text("@timestamp")).isEqualTo("2024-02-28T07:38:10.140Z");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(line.json().path("process.thread.id").asInt()).isEqualTo(17);
    assertThat(line.message()).isEqualTo("[db/db_impl.cc:12] Shutdown: [JOB 3] done");
  }

  @Test
  void dumpsWithoutAPrefixContinueAndOddHeadsAreKept() {
    byte[] dump = "          Options.max_open_files: 40960".getBytes(StandardCharsets.UTF_8);
    assertThat(format.role(dump, 0, dump.length)).isEqualTo(LineRole.CONTINUES);
    assertThat(Parsed.by(format, "[2024/02/28 15:38:10.140 +08:00][x][ODD] m").message())
        .isEqualTo("[x][ODD] m");
  }
}
