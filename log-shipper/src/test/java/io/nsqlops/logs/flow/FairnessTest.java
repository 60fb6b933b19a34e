package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whose turn it is. */
@Timeout(60)
class FairnessTest {
  private static final int QUIET_FILES = 30;
  private static final int CHATTER = 200_000;

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private final ShipperMetrics metrics = new ShipperMetrics();

  /** Room for less than one share at a time: whoever came first would take it all. */
  @Test
  void aChattyFileLeavesRoomForOthers() throws Exception {
    write("chatty", CHATTER, 0);
    for (int i = 0; i < QUIET_FILES; i++) {
      write("quiet-" + i, 3, 1 + i);
    }

    new ShipLogs(config(0), sink, metrics).run(Until.IDLE);

    List<String> messages = messages();
    assertThat(messages).hasSize(CHATTER + 3 * QUIET_FILES);
    int lastQuiet = 0;
    for (int i = 0; i < messages.size(); i++) {
      lastQuiet = messages.get(i).startsWith("quiet") ? i : lastQuiet;
    }
    // Some batches of the chatty one may come before and between, by far not all.
    assertThat(lastQuiet).isLessThan(CHATTER / 10);
  }

  @Test
  void chattyFilesShareEvenly() throws Exception {
    for (int i = 0; i < 10; i++) {
      write("chatty-" + i, CHATTER / 10, i);
    }
    new ShipLogs(config(0), sink, metrics).run(Until.IDLE);

    List<String> half = messages().subList(0, CHATTER / 2);
    for (int i = 0; i < 10; i++) {
      String word = "chatty-" + i + ' ';
      assertThat(half.stream().filter(m -> m.startsWith(word)).count())
          .isBetween(CHATTER / 40L, CHATTER * 3L / 40);
    }
  }

  @Test
  void aBudgetDelaysAndLosesNothing() throws Exception {
    write("chatty", 20_000, 0);
    write("second", 5, 1);
    long bytes = Files.size(dir.resolve("logs/chatty.log"));
    int rate = (int) (bytes / 3);
    Path other = Files.createDirectories(dir.resolve("other")).resolve("free.log");
    Files.writeString(other, "free 1\n");
    long before = System.nanoTime();

    new ShipLogs(config(rate), sink, metrics).run(Until.IDLE);

    Duration took = Duration.ofNanos(System.nanoTime() - before);
    // A tenth of a second's worth is there at the beginning.
    assertThat(took).isGreaterThan(Duration.ofMillis(2800));
    assertThat(messages()).hasSize(20_006).contains("free 1", "second 4");
    assertThat(messages().indexOf("free 1")).isLessThan(15_000);
    assertThat(messages().indexOf("second 4")).isLessThan(15_000);
    assertThat(Duration.ofNanos(metrics.throttledNanos())).isGreaterThan(Duration.ofMillis(500));
    assertThat(metrics.metrics())
        .filteredOn(m -> m.name().equals("nsqlops_logs_throttled_seconds_total"))
        .singleElement()
        .satisfies(m -> assertThat(m.samples()).hasSize(1));
  }

  /** A source that is slow and whose files are small would never be held up otherwise. */
  @Test
  void aBudgetHoldsFromTheFirstByte() throws Exception {
    for (int i = 0; i < 4; i++) {
      write("file-" + i, 100, i);
    }
    long before = System.nanoTime();

    new ShipLogs(config(2000), sink, metrics).run(Until.IDLE);

    Duration took = Duration.ofNanos(System.nanoTime() - before);
    long bytes = 4 * Files.size(dir.resolve("logs/file-0.log"));
    assertThat(messages()).hasSize(400);
    assertThat(took).isGreaterThan(Duration.ofMillis((bytes - 200) / 2));
  }

  /** One line is read as a whole, however little may be read. */
  @Test
  void aLineThatIsLongerThanTheBudgetIsNotTorn() throws Exception {
    Path log = Files.createDirectories(dir.resolve("logs")).resolve("a.log");
    String line = "x".repeat(900);
    Files.writeString(log, (line + '\n').repeat(3) + "end\n");

    new ShipLogs(config(1024), sink, metrics).run(Until.IDLE);

    assertThat(messages()).containsExactly(line, line, line, "end");
  }

  @Test
  void theMetricOfABudgetIsThereBeforeAnythingWaits() {
    assertThat(new Budgets(config(1024).sources(), metrics).most(0)).isPositive();
    assertThat(metrics.metrics())
        .filteredOn(m -> m.name().equals("nsqlops_logs_throttled_seconds_total"))
        .singleElement()
        .satisfies(
            m ->
                assertThat(m.samples())
                    .singleElement()
                    .satisfies(s -> assertThat(s.value()).isZero()));
  }

  private void write(String word, int lines, int order) throws IOException {
    Path log = Files.createDirectories(dir.resolve("logs")).resolve(word + ".log");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(word).append(' ').append(i).append('\n');
    }
    Files.writeString(log, text);
    Instant modified = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(order);
    Files.setLastModifiedTime(log, FileTime.from(modified));
  }

  private LogsConfig config(int maxRate) {
    SourceConfig limited =
        Shipping.source(dir + "/logs/*.log", Envelope.NONE, "plain", EventRules.none(), maxRate);
    return Shipping.config(
        dir.resolve("state"),
        limited,
        Shipping.source(dir + "/other/*.log", Envelope.NONE, "plain"));
  }

  private List<String> messages() {
    JsonMapper json = JsonMapper.shared();
    List<String> messages = new ArrayList<>();
    sink.documents().forEach(d -> messages.add(json.readTree(d).path("message").asString()));
    return messages;
  }
}
