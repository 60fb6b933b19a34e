package io.nsqlops.logs.parse.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RocksdbLogTest {
  private final RocksdbLog format = new RocksdbLog(ZoneOffset.ofHours(1));

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
  void readsWhatRocksdbWritesItself() {
    List<Parsed> events = Events.genuine(format, "rocksdb-native.log");
    assertThat(events)
        .extracting(event -> event.text("@timestamp"), event -> event.text("log.level"))
        .containsExactly(
            tuple("2021-01-25T23:09:07.949333Z", "warn"),
            tuple("2021-01-25T22:29:57.780590Z", "warn"),
            tuple("2017-10-23T14:36:14.667420Z", "info"),
            tuple("2017-10-23T14:36:14.995104Z", "info"));
    assertThat(events.get(0).text("process.thread.name")).isEqualTo("7f798f7fe700");
    assertThat(events.get(0).message())
        .isEqualTo(
            "[db/column_family.cc:886] [index] Stopping writes because we have 36 level-0 files");
    assertThat(events.get(2).message()).startsWith("(Original Log Time 2017/10/23-15:36:14");
    assertThat(events.get(3).message()).startsWith("[default] [JOB 2322] Generated table #2889");
    assertThat(
            Parsed.by(format, "2021/01/26-00:09:07.949333 1403 x")
                .json()
                .path("process.thread.id")
                .asInt())
        .isEqualTo(1403);
  }

  @Test
  void onlyItsOwnTimesLackAZone() {
    Events.of(format, "[2024/02/28 15:38:10.140 +08:00][17][INFO] x");
    assertThat(format.timesLackZone()).isFalse();
    Events.of(format, Events.resource("rocksdb-native.log"));
    assertThat(format.timesLackZone()).isTrue();
  }

  @Test
  void dumpsWithoutAPrefixContinueAndOddHeadsAreKept() {
    byte[] dump = "          Options.max_open_files: 40960".getBytes(StandardCharsets.UTF_8);
    assertThat(format.role(dump, 0, dump.length)).isEqualTo(LineRole.CONTINUES);
    assertThat(Parsed.by(format, "[2024/02/28 15:38:10.140 +08:00][x][ODD] m").message())
        .isEqualTo("[x][ODD] m");
  }
}
