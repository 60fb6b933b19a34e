package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.config.DeliveryConfig;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.tail.Discovery;
import io.nsqlops.logs.tail.FileTracker;
import io.nsqlops.logs.tail.Watched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the end of a file that is gone while nothing can be delivered. */
@Timeout(60)
class EndOfFileTest {
  private static final int BATCH = 64 * 1024;
  private static final long LATER = TimeUnit.SECONDS.toNanos(20);
  private static final String HEAD = "2023-01-23 13:47:23 0 [Note] ";

  @TempDir Path dir;
  private final Outbox outbox = new Outbox(3, BATCH, 1000);
  private final ShipperMetrics metrics = new ShipperMetrics();
  private FileTracker tracker =
      new FileTracker(new Discovery(List.of(), 1), "", Clock.systemUTC(), 1);
  private final StringBuilder delivered = new StringBuilder();

  @Test
  void itWaitsForRoom() throws Exception {
    CriFile gone = new CriFile(dir.resolve("pods/ns_pod-0_uid/mariadb"));
    gone.line(HEAD + "a".repeat(40_000));
    gone.line(HEAD + "b".repeat(40_000));
    gone.piece("stdout", "P", "c".repeat(30_000));
    gone.unterminated("stdout", "F", "the very end");
    try (CheckpointLog checkpoints = CheckpointLog.open(dir)) {
      FileReading reading = reading(checkpoints);
      reading.scan(0);
      readAll(reading, 0);
      // One batch waits for a sender. Another, and the beginning of the last one:
      Path other = Files.createDirectories(dir.resolve("other")).resolve("app.log");
      Files.writeString(other, "x".repeat(40_000) + "\n" + "y".repeat(40_000) + "\nz\n");
      reading.scan(1);
      readAll(reading, 1);
      assertThat(metrics.events()).isEqualTo(4);
      Files.delete(dir.resolve("pods/ns_pod-0_uid/mariadb/0.log"));
      reading.scan(2);

      readAll(reading, LATER);
      while (!outbox.isEmpty()) {
        deliver();
        readAll(reading, LATER);
        outbox.seal();
      }
      reading.close();
    }
    for (String text : List.of("\"message\":\"x", "the very end", "\"message\":\"z\"")) {
      assertThat(delivered.indexOf(text)).as(text).isPositive();
    }
  }

  @Test
  void theBeginningOfALineIsNotLetGoWhereItsFileWasRotated() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/plain"));
    log.line("before");
    log.piece("stdout", "P", "c".repeat(30_000));
    try (CheckpointLog checkpoints = CheckpointLog.open(dir)) {
      FileReading reading = reading(checkpoints, "plain", 20_000);
      reading.scan(0);
      readAll(reading, 0);
      log.rename();
      log.piece("stdout", "P", "d".repeat(10));
      reading.scan(1);
      // the file that was renamed is read again, then found quiet, then the new one is read
      for (int time = 1; time <= 4; time++) {
        readAll(reading, time * LATER);
      }

      log.piece("stdout", "F", "the very end");
      reading.scan(5 * LATER);
      readAll(reading, 5 * LATER);
      outbox.seal();
      deliver();
      reading.close();
    }
    assertThat(delivered).contains("ccccc" + "d".repeat(10) + "the very end");
  }

  @Test
  void theLastEventOfATruncatedFileIsDeliveredBeforeTheStop() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/mariadb"));
    log.line(HEAD + "a whole event");
    try (CheckpointLog checkpoints = CheckpointLog.open(dir)) {
      FileReading reading = reading(checkpoints);
      reading.scan(0);
      readAll(reading, 0);
      Files.write(log.path(), new byte[0]);
      reading.scan(1);
      readAll(reading, 1);
      reading.scan(2);

      reading.endTruncated();
      outbox.seal();
      deliver();
      reading.close();
    }
    assertThat(delivered).contains("a whole event");
  }

  @Test
  void anEventBeforeAnUnfinishedLineIsNotLetGo() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/mariadb"));
    log.line(HEAD + "a whole event");
    log.piece("stdout", "P", "c".repeat(30_000));
    try (CheckpointLog checkpoints = CheckpointLog.open(dir)) {
      FileReading reading = reading(checkpoints, "mariadb", 20_000);
      reading.scan(0);
      readAll(reading, 0);
      readAll(reading, 1);

      reading.endWaiting();
      outbox.seal();
      deliver();
      reading.close();
    }
    assertThat(delivered).contains("a whole event");
  }

  /**
   * What is known to be done is not missed when it is deleted, and its name used again, before the
   * next shipper comes; should it grow all the same, that is read.
   */
  @Test
  void aRotatedFileThatIsQuietIsRememberedAsDone() throws Exception {
    Path logs = Files.createDirectories(dir.resolve("other"));
    Path rotated = logs.resolve("app.log.1");
    Files.writeString(rotated, "one\n");
    long quiet = TimeUnit.SECONDS.toNanos(61);
    try (CheckpointLog checkpoints = CheckpointLog.open(dir)) {
      FileReading reading = reading(checkpoints);
      Acknowledgements acknowledgements =
          new Acknowledgements(outbox, tracker, checkpoints, metrics);
      reading.scan(0);
      readAll(reading, 0);
      outbox.seal();
      outbox.delivered(outbox.next());
      readAll(reading, quiet);
      assertThat(tracker.files()).noneMatch(f -> f.record().finished());
      acknowledgements.take();
      readAll(reading, quiet - TimeUnit.SECONDS.toNanos(2));
      assertThat(tracker.files()).noneMatch(f -> f.record().finished());
      readAll(reading, quiet);
      assertThat(tracker.files()).allMatch(f -> f.record().finished());

      Files.writeString(rotated, "two\n", StandardOpenOption.APPEND);
      reading.scan(quiet);
      readAll(reading, quiet);
      assertThat(tracker.files()).noneMatch(f -> f.record().finished());
      outbox.seal();
      deliver();
      reading.close();
    }
    assertThat(delivered).contains("two").doesNotContain("one");
  }

  private FileReading reading(CheckpointLog checkpoints) {
    return reading(checkpoints, "mariadb", Long.MAX_VALUE);
  }

  private FileReading reading(CheckpointLog checkpoints, String format, long mostHeld) {
    LogsConfig base =
        Shipping.config(
            dir.resolve("state"),
            Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, format),
            Shipping.source(dir + "/other/*.log", Envelope.NONE, "plain"));
    List<Watched> watched =
        base.sources().stream()
            .map(s -> Watched.of(s.paths(), s.exclude(), s.envelope().isContainer()))
            .toList();
    EventWriter.Shared shared =
        new EventWriter.Shared(
            outbox,
            checkpoints,
            new EcsDocument(new JsonBytes(0)),
            Clock.systemUTC(),
            () -> 0,
            metrics);
    DeliveryConfig delivery =
        new DeliveryConfig(
            BATCH, Duration.ofHours(1), 1, BATCH, Duration.ofHours(1), Duration.ofSeconds(3), 2000);
    tracker = new FileTracker(new Discovery(watched, 100), "host-1", Clock.systemUTC(), 2000);
    return new FileReading(delivery, tracker, shared, base, mostHeld);
  }

  private static void readAll(FileReading reading, long now) {
    boolean progress = true;
    while (progress) {
      progress = reading.read(now);
    }
  }

  private void deliver() throws InterruptedException {
    DocumentBatch batch = outbox.next();
    delivered.append(batch.body());
    outbox.delivered(batch);
    outbox.pollDelivered().ifPresent(outbox::release);
  }
}
