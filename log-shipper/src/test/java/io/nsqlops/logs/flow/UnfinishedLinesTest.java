package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.DeliveryConfig;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Container lines whose parts are there and whose ends are not: more than memory holds. */
@Timeout(120)
class UnfinishedLinesTest {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int PART = 16 * 1024;
  private static final int PARTS = 60;

  /** As many as hold a little more than the heap. */
  private static final int FILES =
      (int) (1.1 * Runtime.getRuntime().maxMemory() / (PARTS * PART)) + 1;

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @Test
  void theyWaitInTheFilesAndAreReadAgainWhenTheyGoOn() throws Exception {
    List<CriFile> logs = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      CriFile log = new CriFile(dir.resolve("pods/ns_pod-" + i + "_uid/app"));
      log.line("before " + i);
      for (int part = 0; part < PARTS; part++) {
        log.piece("stdout", "P", "x".repeat(PART));
      }
      logs.add(log);
    }
    try (RunningShipper shipper = new RunningShipper(config(), sink)) {
      Conditions.until(() -> sink.documents().size() >= FILES, 60);
      logs.get(0).piece("stdout", "F", "end 0");
      CriFile rotated = logs.get(1);
      rotated.rename();
      rotated.piece("stdout", "F", "end 1");
      rotated.line("after 1");
      Conditions.until(() -> sink.documents().size() >= FILES + 3, 60);
      assertThat(shipper.isAlive()).isTrue();
    }
    assertThat(ends()).containsExactlyInAnyOrder("x end 0", "x end 1", "after 1");
    assertThat(sink.documents()).hasSize(FILES + 3);
  }

  /** What is no {@code before N}, shortened. */
  private List<String> ends() {
    JsonMapper json = JsonMapper.shared();
    return sink.documents().stream()
        .map(d -> json.readTree(d).path("message").asString())
        .filter(m -> !m.startsWith("before"))
        .map(m -> m.replaceFirst("^x{" + PARTS * PART + "}end", "x end"))
        .toList();
  }

  private LogsConfig config() {
    return new LogsConfig(
        dir.resolve("state"),
        "test",
        "host-1",
        List.of(Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain")),
        ElasticsearchConfig.open(),
        new DeliveryConfig(
            MEBIBYTE,
            Duration.ofMillis(50),
            1,
            MEBIBYTE,
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            2000),
        null);
  }
}
