package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Suffix;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class RotationTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String BANNER = "banner\n".repeat(1000);

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @Test
  void fasterRotationThanKubeletsLosesAndDoublesNothing() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    LogsConfig config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain"));
    int at = 0;
    for (int restart = 0; restart < 3; restart++) {
      try (RunningShipper shipper = new RunningShipper(config, sink)) {
        for (int rotation = 0; rotation < 20; rotation++) {
          log.write(at, at += 1 + 37 * rotation);
          log.rotate();
          if (rotation % 7 == 3) {
            int written = at;
            Conditions.until(() -> sink.documents().size() >= written);
          }
        }
        assertThat(shipper.isAlive()).isTrue();
      }
      log.write(at, at += 100);
      log.rotate();
    }
    Shipping.once(config, sink);

    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers(at));
  }

  /** A compressor writes its file slowly, and it has no end until then. */
  @Test
  void whatACompressorIsAtWorkOnIsUnreadableUntilItIsDone() throws Exception {
    Path logs = Files.createDirectories(dir.resolve("logs"));
    Path log = logs.resolve("a.log");
    LogsConfig config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(logs + "/*.log", Envelope.NONE, "plain"));
    Files.writeString(log, "1\n2\n");
    ShipperMetrics metrics = new ShipperMetrics();
    try (RunningShipper shipper = new RunningShipper(config, sink, metrics)) {
      Conditions.until(() -> sink.documents().size() == 2);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(Files.readAllBytes(log));
      }
      Path twin = logs.resolve("a.log.1.gz");
      Files.write(twin, Arrays.copyOf(packed.toByteArray(), 12));
      Conditions.until(() -> metrics.unwatchedFiles() == 1);
      Files.write(twin, packed.toByteArray());
      Files.delete(log);
      Conditions.until(() -> metrics.unwatchedFiles() == 0);
      assertThat(shipper.isAlive()).isTrue();
    }
    assertThat(messages()).containsExactly("1", "2");
    assertThat(sink.duplicates()).isZero();
  }

  /** Hard links: some programs link a file to a second name before they begin the next. */
  @Test
  void aFileWithTwoNamesIsOneFile() throws Exception {
    Path logs = Files.createDirectories(dir.resolve("logs"));
    LogsConfig config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(logs + "/*.log", Envelope.NONE, "plain"));
    Files.writeString(logs.resolve("b.log"), "1\n2\n");
    Files.createLink(logs.resolve("a.log"), logs.resolve("b.log"));
    Shipping.once(config, sink);
    Files.createLink(logs.resolve("b.log.1"), logs.resolve("b.log"));
    Files.writeString(logs.resolve("b.log"), "3\n", StandardOpenOption.APPEND);
    Shipping.once(config, sink);
    Files.delete(logs.resolve("a.log"));
    Shipping.once(config, sink);

    assertThat(messages()).containsExactly("1", "2", "3");
  }

  @Test
  void aFileReadToItsEndButNotAcknowledgedIsReadAgainAfterARestart() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    LogsConfig config =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "plain"));
    log.write(0, 100);
    log.rename();
    log.compress();
    CountDownLatch arrived = new CountDownLatch(1);
    LogSink neverAnswers =
        new LogSink() {
          @Override
          public void deliver(DocumentBatch batch) throws InterruptedException {
            arrived.countDown();
            new CountDownLatch(1).await();
          }

          @Override
          public void close() {}
        };
    try (RunningShipper shipper = new RunningShipper(config, neverAnswers)) {
      arrived.await();
      assertThat(shipper.stop()).isFalse();
    }

    Shipping.once(config, sink);

    assertThat(messages()).containsExactlyElementsOf(numbers(100));
  }

  @Test
  void copyTruncationLosesNothingEvenIfItHappensBetweenTwoLooks() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    LogsConfig config = plain("plain");
    int at = 0;
    try (RunningShipper shipper = new RunningShipper(config, sink)) {
      for (int rotation = 1; rotation <= 6; rotation++) {
        append(log, lines(at, at += 50));
        int seen = at;
        Conditions.until(() -> sink.documents().size() >= seen);
        // Written, copied and truncated at once: only the copy has these.
        append(log, lines(at, at += 70));
        Files.copy(log, log.resolveSibling("app.log." + rotation));
        truncate(log);
        append(log, lines(at, at += 5));
      }
      int written = at;
      Conditions.until(() -> sink.documents().size() >= written);
      assertThat(shipper.isAlive()).isTrue();
    }
    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers(at));
  }

  @Test
  void truncationWhileStoppedIsNoticedAndItsCopyFound() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    append(log, lines(0, 100));
    Shipping.once(plain("plain"), sink);

    append(log, lines(100, 200));
    Files.copy(log, log.resolveSibling("app.log.1"));
    truncate(log);
    append(log, lines(200, 203));
    Shipping.once(plain("plain"), sink);

    assertThat(messages()).containsExactlyInAnyOrderElementsOf(numbers(203));
  }

  /** A server that has its log open twice, once without appending, was seen to do this. */
  @Test
  void whatIsWrittenOverTheEndIsReadAndNothingBeforeItIsReadAgain() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    append(log, lines(1000, 2000));
    LogsConfig config = plain("plain");
    try (RunningShipper shipper = new RunningShipper(config, sink)) {
      Conditions.until(() -> sink.documents().size() >= 1000);
      for (int round = 0; round < 3; round++) {
        overwriteEnd(log, ("over 000" + round + "\n").repeat(5));
        int at = 2000 + round * 50;
        append(log, lines(at, at + 50));
        int expected = 1000 + (round + 1) * 55;
        Conditions.until(() -> sink.documents().size() >= expected);
      }
      assertThat(shipper.isAlive()).isTrue();
    }
    append(log, lines(2150, 2200));
    Shipping.once(config, sink);

    List<String> expected = new ArrayList<>(numbers(2200).subList(1000, 2200));
    for (int round = 0; round < 3; round++) {
      expected.addAll(Collections.nCopies(5, "over 000" + round));
    }
    assertThat(messages()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sink.documents()).noneMatch(d -> d.contains("abandoned"));
  }

  /** Servers write a banner first, and that may be longer than what a file is known by. */
  @Test
  void truncationWhileStoppedIsNoticedBehindTheSameBeginning() throws Exception {
    LogsConfig config = plain("plain");
    Path log = shipped(config);
    rewriteAndShip(log, config);
  }

  /** Checkpoints of earlier programs do not say what is before the watermark. */
  @Test
  void whatAnEarlierProgramReadIsToldFromWhatIsWrittenAnewOnceItWasLookedAt() throws Exception {
    LogsConfig config = plain("plain");
    Path log = shipped(config);
    withoutSuffixes(config.stateDirectory());
    Shipping.once(config, sink);
    rewriteAndShip(log, config);
  }

  private Path shipped(LogsConfig config) throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    append(log, BANNER + lines(100, 200));
    Shipping.once(config, sink);
    return log;
  }

  private void rewriteAndShip(Path log, LogsConfig config) throws Exception {
    truncate(log);
    append(log, BANNER + lines(200, 900));
    Shipping.once(config, sink);

    assertThat(messages())
        .filteredOn(m -> !m.equals("banner"))
        .containsExactlyElementsOf(numbers(900).subList(100, 900));
    assertThat(messages()).filteredOn("banner"::equals).hasSize(2000);
  }

  private static void withoutSuffixes(Path state) {
    try (CheckpointLog checkpoints = CheckpointLog.open(state)) {
      checkpoints.append(
          checkpoints.records().stream()
              .map(
                  r ->
                      new FileRecord(
                          r.generation(),
                          r.path(),
                          r.key(),
                          r.prefix(),
                          r.watermark(),
                          r.islands(),
                          r.cuts(),
                          r.finished(),
                          r.format(),
                          r.formatFrom(),
                          r.missed(),
                          Suffix.NONE))
              .toList());
    }
  }

  @Test
  void aNewFileWithTheInodeOfAnOldOneIsNew() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    append(log, "header\n" + lines(0, 10));
    Shipping.once(plain("plain"), sink);
    Files.delete(log);
    append(log, "header\n" + lines(10, 40));

    Shipping.once(plain("plain"), sink);

    assertThat(messages())
        .filteredOn(m -> !m.equals("header"))
        .containsExactlyElementsOf(numbers(40));
    assertThat(messages()).filteredOn("header"::equals).hasSize(2);
  }

  @Test
  void filesThatBeginAlikeAreDifferentFiles() throws Exception {
    Files.createDirectories(dir.resolve("logs"));
    append(dir.resolve("logs/a.log"), "banner\n" + lines(0, 10));
    append(dir.resolve("logs/b.log"), "banner\n" + lines(10, 20));
    append(dir.resolve("logs/c.log"), "banner\n");
    append(dir.resolve("logs/d.log"), "banner\n");

    Shipping.once(plain("plain"), sink);

    assertThat(messages()).filteredOn(m -> !m.equals("banner")).hasSize(20);
    assertThat(messages()).filteredOn("banner"::equals).hasSize(4);
  }

  @Test
  void aDeletedFileIsReadToItsUnfinishedEnd() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    append(log, "one\n");
    try (RunningShipper shipper = new RunningShipper(plain("plain"), sink)) {
      Conditions.until(() -> sink.documents().size() == 1);
      append(log, "two\nunfinished");
      Files.delete(log);
      Conditions.until(() -> sink.documents().size() == 3);
      assertThat(shipper.isAlive()).isTrue();
    }
    assertThat(messages()).containsExactly("one", "two", "unfinished");
    assertThat(sink.documents().get(2)).contains("_line_incomplete");
  }

  @Test
  void veryLongLinesAreSplitAndMarked() throws Exception {
    Path log = dir.resolve("logs/app.log");
    Files.createDirectories(log.getParent());
    String longLine = "ä".repeat(100_000);
    append(log, "before\n" + longLine + "\nafter\n");

    Shipping.once(plain("plain"), sink);

    List<String> messages = messages();
    assertThat(messages).startsWith("before").endsWith("after").hasSizeGreaterThan(4);
    assertThat(String.join("", messages.subList(1, messages.size() - 1))).isEqualTo(longLine);
    assertThat(sink.documents().get(1)).contains("_line_split");
    assertThat(sink.documents().get(messages.size() - 1)).doesNotContain("_line_split");
  }

  private LogsConfig plain(String format) {
    return Shipping.config(
        dir.resolve("state"), Shipping.source(dir + "/logs/*.log", Envelope.NONE, format));
  }

  private static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Puts this in place of as many bytes at the end. */
  private static void overwriteEnd(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), channel.size() - bytes.length);
    }
  }

  private static void truncate(Path file) throws IOException {
    Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
  }

  private List<String> messages() {
    return sink.documents().stream()
        .map(JSON::readTree)
        .filter(document -> !document.has("nsqlops.abandoned.reason"))
        .map(document -> document.path("message").asString())
        .toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }
}
