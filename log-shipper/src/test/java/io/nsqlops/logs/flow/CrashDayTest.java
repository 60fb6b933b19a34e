package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The day of a crash that MySQL reports with its time of day only. */
@Timeout(60)
class CrashDayTest {
  private static final String QUIET = "2018-04-09T20:00:10.123456Z 3 [Note] the last for long\n";
  private static final String CRASH = "08:00:21 UTC - mysqld got signal 6 ;\n";
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private Path log;
  private LogsConfig config;

  @BeforeEach
  void configure() {
    log = dir.resolve("a.log");
    config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(log.toString(), Envelope.NONE, "auto"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", QUIET})
  void inAFileThatIsFollowedItIsThatOfTheReading(String before) throws Exception {
    Files.writeString(log, before);
    try (RunningShipper shipper = new RunningShipper(config, sink)) {
      if (!before.isEmpty()) {
        Conditions.until(() -> sink.documents().size() == 1);
      }
      // the end of the file has to be seen
      TimeUnit.MILLISECONDS.sleep(300);
      Instant now = Instant.now();
      append(TIME_OF_DAY.format(now) + " UTC - mysqld got signal 6 ;\nThis could be\n");
      Conditions.until(() -> lastHas("got signal"));
      assertThat(last()).contains("\"@timestamp\":\"" + now.toString().substring(0, 19) + "Z\"");
      assertThat(shipper.isAlive()).isTrue();
    }
  }

  @Test
  void inABacklogItIsThatOfTheEventBefore() throws Exception {
    Files.writeString(log, QUIET + CRASH);
    Shipping.once(config, sink);
    assertThat(last()).contains("\"@timestamp\":\"2018-04-10T08:00:21Z\"");
  }

  /** That event was read by an earlier run. */
  @Test
  void withoutAnEventBeforeItIsTheLastBeforeTheFileWasWritten() throws Exception {
    Files.writeString(log, QUIET);
    Shipping.once(config, sink);
    append(CRASH + "\n2018-05-03T12:00:00.123456Z 0 [Note] up again\n");
    Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2018-05-03T12:00:00Z")));
    Shipping.once(config, sink);
    assertThat(sink.documents())
        .filteredOn(document -> document.contains("got signal"))
        .singleElement()
        .asString()
        .contains("\"@timestamp\":\"2018-05-03T08:00:21Z\"");
  }

  private void append(String lines) throws Exception {
    Files.writeString(log, lines, StandardOpenOption.APPEND);
  }

  private boolean lastHas(String text) {
    return !sink.documents().isEmpty() && last().contains(text);
  }

  private String last() {
    return sink.documents().get(sink.documents().size() - 1);
  }
}
