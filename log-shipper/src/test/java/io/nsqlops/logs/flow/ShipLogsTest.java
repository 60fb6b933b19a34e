package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShipLogsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @Test
  void shipsWholeLinesOnceAndLeavesHalfOnes() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nhal");
    LogsConfig config = plain();

    assertThat(Shipping.once(config, sink)).isTrue();
    assertThat(messages()).containsExactly("one", "two");

    Files.writeString(log, "f\nthree\n", StandardOpenOption.APPEND);
    Shipping.once(config, sink);

    assertThat(messages()).containsExactly("one", "two", "half", "three");
    assertThat(sink.duplicates()).isZero();
  }

  /** For the dashboard; what is delivered is counted, the status itself included. */
  @Test
  void itTellsHowItGoesWhereItIsAskedTo() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nthree\n");
    LogsConfig plain = plain();
    LogsConfig config =
        new LogsConfig(
            plain.stateDirectory(),
            plain.namespace(),
            plain.host(),
            plain.sources(),
            plain.elasticsearch(),
            plain.delivery(),
            Duration.ofMillis(100),
            null);

    ShipperMetrics metrics = new ShipperMetrics();
    // the second as after a reload of the configuration
    for (int statuses : List.of(4, 8)) {
      try (RunningShipper shipper = new RunningShipper(config, sink, metrics)) {
        Conditions.until(() -> statuses().size() >= statuses);
        assertThat(shipper.isAlive()).isTrue();
      }
    }

    List<JsonNode> statuses = statuses();
    assertThat(sink.duplicates()).isZero();
    assertThat(statuses)
        .allMatch(d -> d.path("event.dataset").asString().equals("nsqlops.shipper"))
        .allMatch(d -> d.path("host.name").asString().equals("host-1") && d.has("@timestamp"))
        .allMatch(d -> d.has("nsqlops.shipper.lag_seconds"));
    assertThat(
            statuses.stream().mapToLong(d -> d.path("nsqlops.shipper.read_bytes").asLong()).sum())
        .isEqualTo(14);
    long events = statuses.stream().mapToLong(d -> d.path("nsqlops.shipper.events").asLong()).sum();
    assertThat(events).isEqualTo(3L + statuses.size() - 1);
  }

  private List<JsonNode> statuses() {
    return sink.documents().stream()
        .map(JsonMapper.shared()::readTree)
        .filter(d -> d.path("event.action").asString("").equals("status"))
        .toList();
  }

  @Test
  void lineEndsOfWindowsAndNulBytesAreNoTrouble() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\r\n\r\nt\u0000wo\r\nthr\ree\n");

    Shipping.once(plain(), sink);

    assertThat(messages()).containsExactly("one", "", "t\u0000wo", "thr\ree");
  }

  @Test
  void identicalLinesAreDifferentDocuments() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "same\n".repeat(5000));

    Shipping.once(plain(), sink);

    assertThat(messages()).hasSize(5000).containsOnly("same");
  }

  @Test
  void followsRenamingAndContinuesInTheCompressedFile() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    LogsConfig config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain"));
    log.write(0, 1000);
    Shipping.once(config, sink);
    log.write(1000, 1500);
    log.rename();
    log.write(1500, 2000);
    log.compress();
    log.rename();
    log.write(2000, 2100);

    Shipping.once(config, sink);

    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers(2100));
    assertThat(sink.duplicates()).isZero();
  }

  @Test
  void theSameIdsAreMadeWithoutAnyCheckpoint() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    var source = Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain");
    log.write(0, 500);
    Shipping.once(Shipping.config(dir.resolve("state"), source), sink);
    log.rename();
    log.compress();
    log.write(500, 600);

    Shipping.once(Shipping.config(dir.resolve("other-state"), source), sink);

    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers(600));
    assertThat(sink.duplicates()).isEqualTo(500);
  }

  @Test
  void documentsTellWhereTheyComeFrom() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/shop_tikv-0_1234/tikv"));
    log.line("[2019/01/15 13:40:39.619 +08:00] [WARN] [mod.rs:463] [slow] [region=7]");
    var source = Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto");

    Shipping.once(Shipping.config(dir.resolve("state"), source), sink);

    String action = sink.byAction().keySet().iterator().next();
    assertThat(action).startsWith("{\"create\":{\"_index\":\"logs-tikv.server-test\",\"_id\":");
    JsonNode document = JSON.readTree(sink.documents().get(0));
    assertThat(document.path("kubernetes.pod.name").asString()).isEqualTo("tikv-0");
    assertThat(document.path("kubernetes.namespace").asString()).isEqualTo("shop");
    assertThat(document.path("host.name").asString()).isEqualTo("host-1");
    assertThat(document.path("log.level").asString()).isEqualTo("warn");
    assertThat(document.path("@timestamp").asString()).isEqualTo("2019-01-15T05:40:39.619Z");
    assertThat(document.path("tikv.fields").path("region").asString()).isEqualTo("7");
    assertThat(document.path("stream").asString()).isEqualTo("stdout");
  }

  private LogsConfig plain() {
    return Shipping.config(
        dir.resolve("state"), Shipping.source(dir + "/logs/*.log", Envelope.NONE, "plain"));
  }

  private List<String> messages() {
    return sink.documents().stream()
        .map(document -> JSON.readTree(document).path("message").asString())
        .toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }
}
