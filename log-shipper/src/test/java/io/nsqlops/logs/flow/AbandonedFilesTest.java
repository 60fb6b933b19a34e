package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.flow.ShipperMetrics.Abandoned;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class AbandonedFilesTest {
  private static final Duration MULTILINE = Duration.ofMillis(200);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private Path log;

  @BeforeEach
  void create() throws IOException {
    log = Files.createDirectories(dir.resolve("logs")).resolve("app.log");
  }

  @Test
  void aFileDeletedWhileNoShipperRanIsToldOnce() throws Exception {
    Files.writeString(log, "one\ntwo\n");
    Shipping.once(config(), sink);
    Files.writeString(log, "three\n", StandardOpenOption.APPEND);
    Files.delete(log);
    ShipperMetrics metrics = new ShipperMetrics();
    ShipperMetrics later = new ShipperMetrics();
    try (Told own = new Told("io.nsqlops.logs")) {
      new ShipLogs(config(), sink, metrics).run(Until.IDLE);
      new ShipLogs(config(), sink, later).run(Until.IDLE);
      assertThat(own.messages()).filteredOn(m -> m.contains("gone")).hasSize(1);
    }

    assertThat(metrics.abandonedFiles(Abandoned.GONE)).isEqualTo(1);
    assertThat(later.abandonedFiles(Abandoned.GONE)).isZero();
    List<JsonNode> told = told();
    assertThat(told).hasSize(1);
    JsonNode document = told.get(0);
    assertThat(document.path("event.dataset").asString()).isEqualTo("nsqlops.shipper");
    assertThat(document.path("event.action").asString()).isEqualTo("file-abandoned");
    assertThat(document.path("nsqlops.abandoned.reason").asString()).isEqualTo("gone");
    assertThat(document.path("log.file.path").asString()).isEqualTo(log.toString());
    assertThat(document.path("log.offset").asLong()).isEqualTo(8);
    assertThat(document.has("nsqlops.abandoned.lost_bytes")).isFalse();
    assertThat(document.path("message").asString()).contains(log.toString(), "up to byte 8");
    assertThat(document.path("log.level").asString()).isEqualTo("warn");
    assertThat(sink.duplicates()).isZero();
  }

  /** What was told is remembered only when it has arrived. */
  @Test
  void aFileIsToldAgainUntilThatHasArrived() throws Exception {
    Files.writeString(log, "one\n");
    Shipping.once(config(), sink);
    Files.delete(log);
    CountDownLatch tried = new CountDownLatch(1);
    LogSink away =
        new LogSink() {
          @Override
          public void deliver(DocumentBatch batch) throws InterruptedException {
            tried.countDown();
            new CountDownLatch(1).await();
          }

          @Override
          public void close() {}
        };
    try (RunningShipper shipper =
        new RunningShipper(Shipping.waiting(config(), MULTILINE, Duration.ofMillis(1)), away)) {
      tried.await();
      assertThat(shipper.stop()).isFalse();
    }
    Shipping.once(config(), sink);
    assertThat(told()).hasSize(1);
  }

  @Test
  void aFileThatTurnedUpAgainAndIsLostAgainIsToldAgain() throws Exception {
    Files.writeString(log, "one\n");
    Shipping.once(config(), sink);
    Path aside = dir.resolve("aside");
    Files.move(log, aside);
    Shipping.once(config(), sink);
    Files.move(aside, log);
    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    Shipping.once(config(), sink);
    Files.delete(log);
    Shipping.once(config(), sink);

    assertThat(messages()).containsExactly("one", "two");
    assertThat(told()).extracting(d -> d.path("log.offset").asLong()).containsExactly(4L, 8L);
  }

  @Test
  void aFileThatIsNoLongerNamedIsNotGivenUp() throws Exception {
    Files.writeString(log, "one\n");
    Shipping.once(config(), sink);
    ShipperMetrics metrics = new ShipperMetrics();
    LogsConfig other =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/other/*.log", Envelope.NONE, "plain"));
    new ShipLogs(other, sink, metrics).run(Until.IDLE);
    assertThat(metrics.abandonedFiles(Abandoned.GONE)).isZero();
    assertThat(told()).isEmpty();

    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    Shipping.once(config(), sink);
    assertThat(messages()).containsExactly("one", "two");
    assertThat(sink.duplicates()).isZero();
  }

  /** Every byte is in the index, or known to be lost. */
  @Test
  void aTruncationWithoutACopyTellsHowMuchIsLost() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("a line of some length, number ").append(i).append('\n');
    }
    Files.writeString(log, text);
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    LogSink late =
        new LogSink() {
          @Override
          public void deliver(DocumentBatch batch) throws InterruptedException {
            arrived.countDown();
            away.await();
            sink.deliver(batch);
          }

          @Override
          public void close() {}
        };
    try (RunningShipper shipper = new RunningShipper(config(), late)) {
      arrived.await();
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        file.setLength(0);
      }
      away.countDown();
      Conditions.until(() -> !told().isEmpty());
      assertThat(shipper.stop()).isTrue();
    }

    JsonNode document = told().get(0);
    assertThat(document.path("nsqlops.abandoned.reason").asString()).isEqualTo("truncated");
    long lost = document.path("nsqlops.abandoned.lost_bytes").asLong();
    long delivered =
        messages().stream().mapToLong(m -> m.getBytes(StandardCharsets.UTF_8).length + 1).sum();
    assertThat(lost).isPositive();
    assertThat(delivered).isEqualTo(document.path("log.offset").asLong());
    assertThat(delivered + lost).isEqualTo(text.length());

    Shipping.once(config(), sink);
    assertThat(told()).hasSize(1);
  }

  private LogsConfig config() {
    return Shipping.config(
        dir.resolve("state"), Shipping.source(dir + "/logs/*.log", Envelope.NONE, "plain"));
  }

  private List<JsonNode> told() {
    return documents().filter(d -> d.has("nsqlops.abandoned.reason")).toList();
  }

  private List<String> messages() {
    return documents()
        .filter(d -> !d.has("nsqlops.abandoned.reason"))
        .map(d -> d.path("message").asString())
        .toList();
  }

  private Stream<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree);
  }
}
