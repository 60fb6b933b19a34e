package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class JoiningTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @Test
  void partialLinesAreJoinedForEachStream() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/app"));
    log.piece("stdout", "P", "out 1 ");
    log.piece("stderr", "F", "err whole");
    log.piece("stderr", "P", "err 1 ");
    log.piece("stdout", "P", "out 2 ");
    log.piece("stderr", "F", "err 2");
    log.piece("stdout", "F", "out 3");
    log.piece("stdout", "F", "next");

    Shipping.once(cri(), sink);

    assertThat(messages()).containsExactly("err whole", "err 1 err 2", "out 1 out 2 out 3", "next");
    assertThat(documents().get(2).path("stream").asString()).isEqualTo("stdout");
  }

  @Test
  void aRestartBetweenThePartsJoinsThemAllTheSame() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/app"));
    log.piece("stderr", "P", "err 1 ");
    log.piece("stdout", "P", "out 1 ");
    log.piece("stderr", "F", "err 2");
    log.piece("stderr", "F", "err whole");
    Shipping.once(cri(), sink);
    assertThat(messages()).containsExactly("err 1 err 2", "err whole");

    log.piece("stdout", "F", "out 2");
    Shipping.once(cri(), sink);

    assertThat(messages()).containsExactly("err 1 err 2", "err whole", "out 1 out 2");
    assertThat(sink.duplicates()).isZero();
  }

  @Test
  void anEventEndedByATimeOutEndsThereAgainWhenItIsReadAgain() throws Exception {
    Path log = dir.resolve("logs/mariadb.err");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "2023-01-23  3:47:23 0 [Note] crash\nstack 1\n");
    // Stored, but never acknowledged.
    try (RunningShipper shipper = new RunningShipper(mariadb("state"), new SilentSink(sink))) {
      Conditions.until(() -> sink.documents().size() == 1);
      assertThat(shipper.stop()).isFalse();
    }
    Files.writeString(log, "stack 2\n", StandardOpenOption.APPEND);

    Shipping.once(mariadb("state"), sink);

    assertThat(messages()).containsExactly("crash\nstack 1", "stack 2");
    assertThat(sink.duplicates()).isEqualTo(1);
  }

  /** Under the id it had, the longer event would be taken for the one that is stored. */
  @Test
  void whatComesToAnEventAfterTheCheckpointsWereLostIsThere() throws Exception {
    Path log = dir.resolve("logs/mariadb.err");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "2023-01-23  3:47:23 0 [Note] crash\nstack 1\n");
    try (RunningShipper shipper = new RunningShipper(mariadb("state"), sink)) {
      Conditions.until(() -> sink.documents().size() == 1);
      assertThat(shipper.stop()).isTrue();
    }
    Files.delete(dir.resolve("state/checkpoints"));
    Files.writeString(log, "stack 2\n", StandardOpenOption.APPEND);

    Shipping.once(mariadb("state"), sink);

    assertThat(messages()).containsExactly("crash\nstack 1", "crash\nstack 1\nstack 2");
  }

  /** The same where the container runtime cut a line, and its end came late. */
  @Test
  void theEndOfALineThatWasSentWithoutItIsThere() throws Exception {
    Path log = dir.resolve("pods/shop_app-0_1/app/0.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "2026-01-02T03:04:05.000000001Z stdout P first \n");
    Shipping.once(cri(), sink);
    int before = sink.documents().size();
    Files.deleteIfExists(dir.resolve("state/checkpoints"));
    Files.writeString(
        log, "2026-01-02T03:04:05.000000002Z stdout F second\n", StandardOpenOption.APPEND);

    Shipping.once(cri(), sink);

    assertThat(before).isLessThan(2);
    assertThat(messages()).endsWith("first second");
  }

  @Test
  void linesBeforeTheFirstRecognisedOneAreTextOfTheirOwn() throws Exception {
    Path log = dir.resolve("logs/mariadb.err");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "a preamble\nof two lines\n2023-01-23  3:47:23 0 [Note] a\nb\n");

    Shipping.once(mariadb("state"), sink);

    assertThat(messages()).containsExactly("a preamble", "of two lines", "a\nb");
    assertThat(sink.byAction().keySet().toString())
        .contains("logs-generic-test")
        .contains("logs-mariadb.error-test");
  }

  @Test
  void aPanicIsOneEventBetweenLinesOfTheFormat() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.unified(0, 1);
    log.line("panic: index out of range");
    log.line("");
    log.line("goroutine 1 [running]:");
    log.unified(1, 2);

    Shipping.once(
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto")),
        sink);

    assertThat(messages())
        .containsExactly(
            "Slow query", "panic: index out of range\n\ngoroutine 1 [running]:", "Slow query");
    assertThat(documents().get(1).path("log.level").asString()).isEqualTo("fatal");
    assertThat(documents().get(1).has("tags")).isFalse();
    assertThat(documents().get(1).path("@timestamp").asString()).startsWith("2026-01-02T03:04:05");
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstLine() throws Exception {
    Path log = dir.resolve("logs/mariadb.err");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "\ufeff2023-01-23  3:47:23 0 [Note] a\n");

    Shipping.once(mariadb("state"), sink);

    assertThat(messages()).containsExactly("a");
    assertThat(documents().get(0).path("event.dataset").asString()).isEqualTo("mariadb.error");
  }

  @Test
  void entriesWithOtherPrefixesAreOthers() throws Exception {
    Path log = dir.resolve("logs/cockroach.log");
    Files.createDirectories(log.getParent());
    Files.writeString(
        log,
        """
        I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40  one
        I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40 +two
        F210116 21:49:18.083093 15 a.go:1 ⋮ [-] 41 !goroutine 1
        F210116 21:49:18.083093 15 a.go:1 ⋮ [-] 41 !main.main()
        """);

    Shipping.once(
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/logs/*", Envelope.NONE, "cockroachdb")),
        sink);

    assertThat(messages()).containsExactly("one\ntwo", "");
    assertThat(documents().get(1).path("log.level").asString()).isEqualTo("fatal");
    assertThat(documents().get(1).path("error.stack_trace").asString())
        .isEqualTo("goroutine 1\nmain.main()");
  }

  /** Lines without a header that come again and again: the event they belong to is not withheld. */
  @Test
  void anEventThatGoesOnAndOnIsSent() throws Exception {
    Path log = dir.resolve("logs/mariadb.err");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "2023-01-23  3:47:23 0 [ERROR] the alert\nx0\nx1\n");
    int lines = 2;
    try (RunningShipper shipper = new RunningShipper(mariadb("state"), sink)) {
      while (sink.documents().isEmpty() && shipper.isAlive()) {
        Files.writeString(log, "x" + lines++ + "\n", StandardOpenOption.APPEND);
        Thread.sleep(20);
      }
    }
    Shipping.once(mariadb("state"), sink);

    assertThat(messages().get(0)).startsWith("the alert\nx0\nx1");
    assertThat(String.join("\n", messages())).endsWith("\nx" + (lines - 1));
    assertThat(sink.duplicates()).isZero();
  }

  /** As an operator's sidecar prints it: every line of an entry in an envelope of its own. */
  @Test
  void aSlowQueryInContainerLinesIsOneEvent() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/slowlog"));
    log.line("# Time: 2019-04-28T15:24:04.309074+08:00");
    log.line("# Query_time: 0.216905");
    log.line("use test;");
    log.line("select *");
    log.line("");
    log.line("from t;");
    log.line("# Time: 2019-04-28T15:24:05.309074+08:00");
    log.line("# Query_time: 1");
    log.line("select 2;");

    Shipping.once(
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto")),
        sink);

    assertThat(messages()).containsExactly("select *\n\nfrom t;", "select 2;");
    assertThat(documents().get(0).path("event.dataset").asString()).isEqualTo("tidb.slow");
  }

  /** Stores what it gets and never comes back, as a server whose answers are lost. */
  private record SilentSink(MemorySink memory) implements LogSink {
    @Override
    public void deliver(DocumentBatch batch) throws InterruptedException {
      memory.deliver(batch);
      new CountDownLatch(1).await();
    }

    @Override
    public void close() {}
  }

  private LogsConfig cri() {
    return Shipping.config(
        dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain"));
  }

  private LogsConfig mariadb(String state) {
    return Shipping.config(
        dir.resolve(state), Shipping.source(dir + "/logs/*.err", Envelope.NONE, "auto"));
  }

  private List<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree).toList();
  }

  private List<String> messages() {
    return documents().stream().map(d -> d.path("message").asString()).toList();
  }
}
