package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.Sampling;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.FieldRedaction;
import io.nsqlops.logs.parse.Redaction;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One event for many: exact counts, and the same ones after every restart. */
@Timeout(120)
class EventGroupsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final EventRules COMPACT =
      new EventRules(null, Redaction.none(), FieldRedaction.none(), null, true);
  private static final EventRules ONE_IN_TEN = sample(10);

  @TempDir Path dir;
  private final ShipperMetrics metrics = new ShipperMetrics();
  private MemorySink sink = new MemorySink();
  private CriFile log;

  private static EventRules sample(int oneIn) {
    return new EventRules(
        null, Redaction.none(), FieldRedaction.none(), new Sampling(oneIn, Severity.WARN), false);
  }

  @BeforeEach
  void create() throws IOException {
    log = new CriFile(dir.resolve("pods/ns_pod-0_uid/app"));
  }

  @Test
  void theFirstOfRepeatedEventsStandsForThem() throws Exception {
    log.line("slow request 1 took 5ms");
    log.line("slow request 2 took 7.5ms");
    log.piece("stderr", "F", "panic 1");
    log.line("slow request 3 took 12ms");
    log.line("request done");
    log.piece("stderr", "F", "panic 2");
    log.line("slow request 4 took 12ms");

    ship(COMPACT);

    assertThat(counts())
        .isEqualTo(
            Map.of(
                "slow request 1 took 5ms", 3L,
                "request done", 1L,
                "panic 1", 2L,
                "slow request 4 took 12ms", 1L));
    assertThat(metrics.events()).isEqualTo(4);
    assertThat(metrics.compactedEvents()).isEqualTo(3);
    assertThat(metrics.lagBytes()).isZero();
  }

  @Test
  void aGroupHasALimit() throws Exception {
    log.write("word", 0, 2 * EventGroups.MOST + 5);
    ship(COMPACT);
    assertThat(counts().values()).containsExactlyInAnyOrder(10_000L, 10_000L, 5L);
  }

  @Test
  void aGroupIsSentWhenItHasWaitedThoughItGoesOn() throws Exception {
    try (RunningShipper shipper = new RunningShipper(config("state", COMPACT), sink)) {
      AtomicInteger lines = new AtomicInteger();
      Conditions.until(
          () -> {
            log.write(lines.get(), lines.incrementAndGet());
            return sink.documents().size() > 1;
          });
      assertThat(shipper.stop()).isTrue();
      ship(COMPACT);
      assertThat(sum()).isEqualTo(lines.get());
    }
  }

  @Test
  void sampledEventsStandForThoseLeftOutBeforeThem() throws Exception {
    log.unified(0, 5000);
    ship(ONE_IN_TEN);

    List<JsonNode> kept = documents();
    assertThat(kept)
        .filteredOn(d -> level(d).equals("warn"))
        .hasSize(500)
        .allMatch(d -> of(d) == 1);
    assertThat(kept).filteredOn(d -> level(d).equals("info")).hasSizeBetween(350, 560);
    assertThat(sum()).isEqualTo(5000);
    assertThat(metrics.sampledEvents()).isEqualTo(5000 - kept.size());
    assertThat(metrics.lagBytes()).isZero();

    MemorySink before = sink;
    sink = new MemorySink();
    new ShipLogs(config("other", ONE_IN_TEN), sink, new ShipperMetrics()).run(Until.IDLE);
    assertThat(sink.byAction()).isEqualTo(before.byAction());
  }

  @Test
  void eventsBelowTheMinimumAreNotCountedAsSampled() throws Exception {
    log.unified(0, 100);
    ship(
        new EventRules(
            Severity.WARN,
            Redaction.none(),
            FieldRedaction.none(),
            new Sampling(2, Severity.ERROR),
            false));
    assertThat(sum()).isEqualTo(10);
    assertThat(metrics.filteredEvents()).isEqualTo(90);
    assertThat(documents()).allMatch(d -> level(d).equals("warn"));
  }

  @Test
  void longEventsStandForThemselves() throws Exception {
    for (int i = 0; i < 10; i++) {
      log.line("x".repeat(EventGroups.LONGEST) + ' ' + i);
    }
    ship(COMPACT);
    assertThat(counts().values()).hasSize(10).containsOnly(1L);
  }

  /** Batches arrive in part, and not all that arrives is acknowledged, at every stop. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restartsChangeNothing(boolean compact) throws Exception {
    EventRules rules = compact ? COMPACT : sample(7);
    Random random = new Random(42);
    int total = 0;
    for (int run = 0; run < 8; run++) {
      total += write(random, 3000);
      Flaky flaky = new Flaky(sink, random.nextInt(4), run);
      try (RunningShipper shipper = new RunningShipper(config("state", rules), flaky)) {
        flaky.stuck.await();
        shipper.stop();
      }
    }
    ship(rules);

    assertThat(sum()).isEqualTo(total);
    assertThat(metrics.lagBytes()).isZero();
  }

  private int write(Random random, int lines) throws IOException {
    int written = 0;
    while (written < lines) {
      String word = "repeated words of kind " + (char) ('a' + random.nextInt(3));
      int again = random.nextInt(10) == 0 ? 1 + random.nextInt(40) : 1;
      for (int k = 0; k < again; k++) {
        String stream = random.nextInt(3) == 0 ? "stderr" : "stdout";
        log.piece(stream, "F", word + ", number " + random.nextInt(1000) + " and more text");
      }
      written += again;
    }
    return written;
  }

  /** Takes some batches; then stores one or not, and never answers. */
  private static final class Flaky implements LogSink {
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final MemorySink sink;
    private final int good;
    private final int run;
    private int taken;

    Flaky(MemorySink sink, int good, int run) {
      this.sink = sink;
      this.good = good;
      this.run = run;
    }

    @Override
    public void deliver(DocumentBatch batch) throws InterruptedException {
      if (taken++ < good || run % 2 == 0) {
        sink.deliver(batch);
      }
      if (taken > good) {
        stuck.countDown();
        new CountDownLatch(1).await();
      }
    }

    @Override
    public void close() {}
  }

  private void ship(EventRules rules) throws InterruptedException {
    assertThat(new ShipLogs(config("state", rules), sink, metrics).run(Until.IDLE)).isTrue();
  }

  private LogsConfig config(String state, EventRules rules) {
    SourceConfig source = Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto", rules, 0);
    LogsConfig config = Shipping.config(dir.resolve(state), source);
    // What is stuck stays so.
    return Shipping.waiting(config, config.delivery().multilineTimeout(), Duration.ofMillis(100));
  }

  private List<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree).toList();
  }

  private Map<String, Long> counts() {
    return documents().stream()
        .collect(Collectors.toMap(d -> d.path("message").asString(), EventGroupsTest::of));
  }

  private long sum() {
    return documents().stream().mapToLong(EventGroupsTest::of).sum();
  }

  private static long of(JsonNode document) {
    return document.path("nsqlops.count").asLong(0);
  }

  private static String level(JsonNode document) {
    return document.path("log.level").asString("");
  }
}
