package io.nsqlops.logs.flow;

import io.nsqlops.logs.checkpoint.CheckpointLog;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.model.Metric;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.tail.Discovery;
import io.nsqlops.logs.tail.FileTracker;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ships logs: tail, join, parse, batch, deliver, acknowledge, checkpoint.
 *
 * <p>The thread that calls {@link #run} reads and owns all state of files; sender threads deliver.
 * The sink stays the caller's to close.
 */
public final class ShipLogs {
  private static final long SCAN_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long SYNC_EVERY = TimeUnit.SECONDS.toNanos(1);

  /** Looking at very many files takes time: it may take half of it, not all. */
  private static final int SCAN_SHARE = 2;

  /** What is known of a file that is not open, three times over. */
  private static final int BYTES_PER_FILE = 6 * 1024;

  private static final int LEAST_FILES = 1000;
  private static final long POLL_MILLIS = 100;
  private static final int MAX_ITEMS = 20_000;

  private final LogsConfig config;
  private final LogSink sink;
  private final ShipperMetrics metrics;
  private final Supplier<List<Metric>> all;
  private volatile boolean stopping;

  /** When a run ends by itself. */
  public enum Until {
    /** Only when stopped. */
    STOPPED,
    /** When every line there is has been delivered. Half lines stay for the next run. */
    IDLE
  }

  public ShipLogs(LogsConfig config, LogSink sink, ShipperMetrics metrics) {
    this(config, sink, metrics, metrics::metrics);
  }

  /** One that tells of more than its own metrics in its status. */
  public ShipLogs(
      LogsConfig config, LogSink sink, ShipperMetrics metrics, Supplier<List<Metric>> all) {
    this.all = all;
    this.config = config;
    this.sink = sink;
    this.metrics = metrics;
  }

  /**
   * Asks the run to end: what was read is delivered, within the configured time, and checkpointed.
   * Returns at once; may be called from any thread, or a signal handler.
   */
  public void stop() {
    stopping = true;
  }

  /**
   * Ships until it is stopped or idle.
   *
   * @return whether everything read was delivered; if not, it will be sent again by the next run
   * @throws LogsException if the state directory cannot be used, or for a defect
   */
  public boolean run(Until until) throws InterruptedException {
    StateDirectory state = StateDirectory.lock(config.stateDirectory());
    try (state;
        CheckpointLog checkpoints = CheckpointLog.open(config.stateDirectory())) {
      int inFlight = config.delivery().inFlight();
      Outbox outbox = new Outbox(inFlight + 2, config.delivery().batchBytes(), MAX_ITEMS);
      EventWriter.Shared shared =
          new EventWriter.Shared(
              outbox,
              checkpoints,
              new EcsDocument(new JsonBytes(0)),
              Clock.systemUTC(),
              System::nanoTime,
              metrics);
      FileTracker tracker =
          new FileTracker(
              new Discovery(config.watched(), mostFiles()),
              config.host(),
              Clock.systemUTC(),
              config.delivery().openFiles());
      tracker.restore(checkpoints.records());
      Senders senders = new Senders(outbox, sink);
      senders.start(inFlight);
      try {
        FileReading reading = new FileReading(config.delivery(), tracker, shared, config);
        Acknowledgements acknowledgements =
            new Acknowledgements(outbox, tracker, checkpoints, metrics);
        ShipperStatus status = new ShipperStatus(shared, config, all, System.nanoTime());
        return ship(reading, outbox, senders, acknowledgements, status, state, until);
      } catch (LogsException e) {
        if (e.kind() == ErrorKind.LOCKED) {
          checkpoints.leave();
        }
        throw e;
      } finally {
        senders.stop();
      }
    } catch (IOException e) {
      throw new LogsException(
          ErrorKind.TRANSIENT,
          config.stateDirectory().toString(),
          "the state directory cannot be released: " + e,
          "Look at the disk it is on.",
          e);
    }
  }

  /** As many as leave most of the heap to the batches. */
  static int mostFiles() {
    return (int) Math.max(LEAST_FILES, Runtime.getRuntime().maxMemory() / BYTES_PER_FILE);
  }

  private boolean ship(
      FileReading reading,
      Outbox outbox,
      Senders senders,
      Acknowledgements acknowledgements,
      ShipperStatus status,
      StateDirectory state,
      Until until)
      throws InterruptedException {
    long nextScan = System.nanoTime();
    long nextSync = nextScan + SYNC_EVERY;
    long batchAge = config.delivery().batchAge().toNanos();
    while (!stopping) {
      long now = System.nanoTime();
      acknowledgements.take();
      failIfSenderFailed(senders);
      if (now - nextScan >= 0 || reading.wantsScan()) {
        acknowledgements.forget(reading.scan(now));
        long took = System.nanoTime() - now;
        nextScan = now + Math.max(SCAN_EVERY, SCAN_SHARE * took);
      }
      boolean progress = reading.read(now);
      if (until == Until.STOPPED) {
        status.writeIfDue(now);
      }
      if (now - nextSync >= 0) {
        state.keep();
        acknowledgements.sync();
        nextSync = now + SYNC_EVERY;
      }
      if (until == Until.IDLE && !progress && reading.isIdle()) {
        reading.endWaiting();
        outbox.seal();
        if (outbox.isEmpty()) {
          break;
        }
      }
      outbox.sealIfOlder(batchAge, now);
      if (!progress) {
        outbox.awaitDelivered(POLL_MILLIS);
      }
    }
    reading.endTruncated();
    outbox.seal();
    boolean complete = drain(outbox, senders, acknowledgements);
    state.keep();
    reading.close();
    return complete;
  }

  private boolean drain(Outbox outbox, Senders senders, Acknowledgements acknowledgements)
      throws InterruptedException {
    long deadline = System.nanoTime() + config.delivery().stopTimeout().toNanos();
    acknowledgements.take();
    while (!outbox.isEmpty() && System.nanoTime() - deadline < 0) {
      failIfSenderFailed(senders);
      outbox.awaitDelivered(POLL_MILLIS);
      acknowledgements.take();
    }
    return outbox.isEmpty();
  }

  private static void failIfSenderFailed(Senders senders) {
    senders
        .failure()
        .ifPresent(
            cause -> {
              if (cause instanceof LogsException known) {
                throw known;
              }
              throw new LogsException(
                  ErrorKind.INTERNAL,
                  "log shipper",
                  "a sender failed: " + cause,
                  "Report this with the stack trace; a restart sends the lines again.",
                  cause);
            });
  }
}
