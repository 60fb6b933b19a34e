package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.DeliveryConfig;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.flow.ShipperMetrics.Abandoned;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** More files than may be held open. */
@Timeout(60)
class ManyFilesTest {
  private static final int FILES = 200;

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private final ShipperMetrics metrics = new ShipperMetrics();
  private Path logs;

  @BeforeEach
  void create() throws IOException {
    logs = Files.createDirectories(dir.resolve("logs"));
  }

  @Test
  void allAreReadThoughFewAreOpen() throws Exception {
    for (int i = 0; i < FILES; i++) {
      append(i, "first " + i);
    }
    new ShipLogs(config(), sink, metrics).run(Until.IDLE);
    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers("first "));
    assertThat(metrics.openFiles()).isLessThanOrEqualTo(20);
  }

  @Test
  void whatIsWrittenLaterAndRotatedIsReadToo() throws Exception {
    for (int i = 0; i < FILES; i++) {
      append(i, "first " + i);
    }
    try (RunningShipper shipper = new RunningShipper(config(), sink)) {
      Conditions.until(() -> sink.documents().size() == FILES);
      for (int i = 0; i < FILES; i++) {
        append(i, "second " + i);
        Files.move(file(i), logs.resolve("app-" + i + ".log.1"));
        append(i, "third " + i);
      }
      Conditions.until(() -> sink.documents().size() == 3 * FILES);
      assertThat(shipper.stop()).isTrue();
    }
    List<String> all = new ArrayList<>(numbers("first "));
    all.addAll(numbers("second "));
    all.addAll(numbers("third "));
    assertThat(messages()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(sink.duplicates()).isZero();
  }

  @Test
  void aFileThatWasReadAndIsGoneIsNotGivenUp() throws Exception {
    for (int i = 0; i < FILES; i++) {
      append(i, "first " + i);
    }
    try (RunningShipper shipper = new RunningShipper(config(), sink, metrics)) {
      Conditions.until(() -> sink.documents().size() == FILES);
      for (int i = 1; i < FILES; i++) {
        Files.delete(file(i));
      }
      append(0, "last");
      Conditions.until(() -> messages().contains("last"));
      assertThat(shipper.stop()).isTrue();
    }
    assertThat(metrics.abandonedFiles(Abandoned.GONE)).isZero();
    assertThat(sink.documents()).hasSize(FILES + 1);
  }

  /** A file that can be opened, but not read, as on a broken disk. */
  @Test
  void aFileThatCannotBeReadIsCountedAndTheOthersArrive() throws Exception {
    append(0, "first 0");
    Files.createSymbolicLink(logs.resolve("memory.log"), Path.of("/proc/self/mem"));
    new ShipLogs(config(), sink, metrics).run(Until.IDLE);
    assertThat(messages()).containsExactly("first 0");
    assertThat(metrics.unwatchedFiles()).isEqualTo(1);

    Files.delete(logs.resolve("memory.log"));
    new ShipLogs(config(), sink, metrics).run(Until.IDLE);
    assertThat(metrics.unwatchedFiles()).isZero();
  }

  private Path file(int i) {
    return logs.resolve("app-" + i + ".log");
  }

  private void append(int i, String line) throws IOException {
    Files.writeString(file(i), line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> numbers(String word) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      all.add(word + i);
    }
    return all;
  }

  private List<String> messages() {
    JsonMapper json = JsonMapper.shared();
    return sink.documents().stream().map(d -> json.readTree(d).path("message").asString()).toList();
  }

  private LogsConfig config() {
    LogsConfig base =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/logs/*.log", Envelope.NONE, "plain"));
    DeliveryConfig quick = base.delivery();
    return new LogsConfig(
        base.stateDirectory(),
        base.namespace(),
        base.host(),
        base.sources(),
        base.elasticsearch(),
        new DeliveryConfig(
            quick.batchBytes(),
            quick.batchAge(),
            quick.inFlight(),
            quick.lineLimit(),
            quick.multilineTimeout(),
            quick.stopTimeout(),
            16),
        Duration.ZERO,
        null);
  }
}
