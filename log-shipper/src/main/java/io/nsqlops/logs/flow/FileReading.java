package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.DeliveryConfig;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipperMetrics.Abandoned;
import io.nsqlops.logs.tail.FileTracker;
import io.nsqlops.logs.tail.LineReader;
import io.nsqlops.logs.tail.LineReader.Outcome;
import io.nsqlops.logs.tail.TrackedFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all files in turn, a share of each at a time, so that none starves the others. */
final class FileReading {
  private static final Logger log = LoggerFactory.getLogger(FileReading.class);
  private static final int SHARE = 256 * 1024;

  /** A writer may still hold a file that was renamed or deleted; this long after, none does. */
  private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

  /** Nothing more is expected in a rotated file to which nothing was added for so long. */
  private static final long SETTLED = TimeUnit.SECONDS.toNanos(60);

  /** How long the copy of a truncated file is looked for. */
  private static final long COPY_APPEARS = TimeUnit.SECONDS.toNanos(10);

  /** Unfinished lines and events of all files together may take this part of the heap. */
  private static final int HELD_SHARE = 16;

  /** How long an event may stand for others before it is sent. */
  private static final long GROUP_OPEN = TimeUnit.SECONDS.toNanos(10);

  /**
   * A program that prints a line without a time every second must not withhold the event for ever:
   * after so many times what is waited for a further line, the event is sent.
   */
  private static final long LONGEST_EVENT = 15;

  private static final long LEAST_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(100);

  private final FileTracker tracker;
  private final FilePipelines pipelines;
  private final Succession succession;
  private final EventWriter.Shared shared;
  private final LineReader reader;
  private final long multilineTimeout;
  private final long longestEvent;
  private final AbandonedFiles abandoned;
  private final LagMeter lags;
  private final Budgets budgets;
  private final long mostHeld;

  /** When this turn began, since 1970. */
  private long second;

  /** Bytes that wait for more, of all files. */
  private long held;

  /** The file that is read on, alone, while too much waits. */
  private @Nullable TrackedFile largest;

  private int next;
  private boolean scanWanted;

  FileReading(
      DeliveryConfig delivery, FileTracker tracker, EventWriter.Shared shared, LogsConfig config) {
    this(
        delivery,
        tracker,
        shared,
        config,
        Math.max(delivery.lineLimit(), Runtime.getRuntime().maxMemory() / HELD_SHARE));
  }

  /** With so many bytes that may wait for more, of all files together. */
  FileReading(
      DeliveryConfig delivery,
      FileTracker tracker,
      EventWriter.Shared shared,
      LogsConfig config,
      long mostHeld) {
    this.tracker = tracker;
    this.shared = shared;
    this.pipelines = new FilePipelines(config, shared);
    this.succession = new Succession(tracker, pipelines);
    this.reader = new LineReader(SHARE, delivery.lineLimit());
    this.abandoned = new AbandonedFiles(shared, config);
    this.lags = new LagMeter(shared.metrics(), abandoned);
    this.budgets = new Budgets(config.sources(), shared.metrics());
    this.mostHeld = mostHeld;
    this.multilineTimeout = delivery.multilineTimeout().toNanos();
    this.longestEvent = LONGEST_EVENT * Math.max(multilineTimeout, LEAST_TIMEOUT);
  }

  /** Whether files should be looked for now rather than later. */
  boolean wantsScan() {
    return scanWanted;
  }

  /** Looks for files; returns the generations that were forgotten. */
  List<TrackedFile> scan(long now) {
    boolean room = tracker.isCrowded() && makeRoom();
    List<TrackedFile> forgotten = tracker.scan(now);
    scanWanted = room && tracker.isCrowded();
    forgotten.forEach(pipelines::forget);
    shared.metrics().unwatchedFiles(tracker.unwatched(), tracker.unreadable());
    lags.measure(tracker.files(), now);
    shared.metrics().openFiles(tracker.files().stream().filter(TrackedFile::isOpen).count());
    return forgotten;
  }

  /** Reads a share of every file; whether there was anything to read. */
  boolean read(long now) {
    shared.metrics().turn(System.nanoTime());
    abandoned.write();
    List<TrackedFile> files = tracker.files();
    second = shared.clock().instant().getEpochSecond();
    held = pipelines.all().stream().mapToLong(FilePipeline::held).sum();
    if (held > mostHeld) {
      setAside(files);
    }
    largest = held > mostHeld ? largest(files, now) : null;
    boolean progress = false;
    int first = next;
    for (int i = 0; i < files.size() && shared.outbox().hasRoom(); i++) {
      int turn = (first + i) % files.size();
      TrackedFile file = files.get(turn);
      long before = file.position();
      progress |= read(file, now);
      if (file.position() != before) {
        // Where room or budget ends, the next turn begins with the next file.
        next = turn + 1;
      }
    }
    return progress;
  }

  /**
   * Lets go of unfinished lines that nothing came behind yet: they are read again when something
   * does. What is unfinished after that is in files with more to read, and ends by reading on; or
   * it is an event, and ends by a time-out.
   */
  private void setAside(List<TrackedFile> files) {
    for (TrackedFile file : files) {
      FilePipeline pipeline = pipelines.exists(file) ? pipelines.of(file) : null;
      if (pipeline != null
          && held > mostHeld
          && pipeline.holdsOnlyAnUnfinishedLine()
          && file.setAside()) {
        held -= pipeline.held();
        pipelines.forget(file);
      }
    }
  }

  /** Of the files that can be read on now, the one that holds most. */
  private @Nullable TrackedFile largest(List<TrackedFile> files, long now) {
    TrackedFile found = null;
    long most = -1;
    for (TrackedFile file : files) {
      long holds = pipelines.exists(file) ? pipelines.of(file).held() : 0;
      if (holds > most && canBeRead(file, now)) {
        most = holds;
        found = file;
      }
    }
    return found;
  }

  private boolean canBeRead(TrackedFile file, long now) {
    return file.isOpen()
        && !file.isAtEnd()
        && budgets.allows(file.source(), now)
        && (pipelines.of(file).hasRead() || !succession.mustWait(file, now));
  }

  /** Closes files that were read to their end, so that others can be opened; whether any was. */
  private boolean makeRoom() {
    boolean room = false;
    for (TrackedFile file : tracker.files()) {
      boolean pending = pipelines.exists(file) && pipelines.of(file).hasPending();
      if (!pending && file.park()) {
        pipelines.forget(file);
        room = true;
      }
    }
    return room;
  }

  private boolean read(TrackedFile file, long now) {
    if (file.isOpen()) {
      FilePipeline pipeline = pipelines.of(file);
      boolean atEnd = file.isAtEnd();
      if (!pipeline.hasRead() && !atEnd && succession.mustWait(file, now)) {
        return false;
      }
      long heldBefore = pipeline.held();
      if (held > mostHeld && file != largest && !atEnd) {
        return false;
      }
      if (!atEnd && !budgets.allows(file.source(), now)) {
        return false;
      }
      pipeline.at(now);
      pipeline.look(second, atEnd);
      long before = file.position();
      try {
        Outcome outcome = reader.read(file, pipeline, budgets.most(file.source()), this::identify);
        held += pipeline.held() - heldBefore;
        shared.metrics().read(file.position() - before);
        budgets.spend(file.source(), file.position() - before);
        if (outcome == Outcome.PROGRESS) {
          pipeline.endIdle(Long.MIN_VALUE, now - longestEvent, now - GROUP_OPEN);
          return true;
        }
        if (outcome == Outcome.TRUNCATED) {
          tracker.truncated(file, now);
          scanWanted = true;
          return true;
        }
        pipeline.endIdle(now - multilineTimeout, now - longestEvent, now - GROUP_OPEN);
      } catch (IOException e) {
        failed(file, e);
        return false;
      }
    }
    endIfOver(file, now);
    return false;
  }

  /** The identity is on disk before a document that carries it can be sent. */
  private void identify(TrackedFile file) {
    if (tracker.identify(file)) {
      file.takeDirty();
      shared.checkpoints().append(List.of(file.record()));
    }
  }

  private void endIfOver(TrackedFile file, long now) {
    if (file.isRotatedAndDone() && isQuiet(pipelines.of(file), now)) {
      file.settle();
      return;
    }
    if (!file.isOver(now, LINGER, COPY_APPEARS) || !shared.outbox().hasRoom()) {
      return;
    }
    boolean truncated = !file.isOpen() && !file.isWrittenOver();
    boolean readable = true;
    if (file.isOpen() || pipelines.exists(file)) {
      FilePipeline pipeline = pipelines.of(file);
      if (!pipeline.isReady(0)) {
        return;
      }
      pipeline.at(now);
      readable = readEnd(file, pipeline);
      pipeline.endAll();
    }
    if (truncated) {
      abandoned.end(file, Abandoned.TRUNCATED);
    } else if (!readable) {
      abandoned.end(file, Abandoned.UNREADABLE);
    } else {
      file.finish();
    }
    pipelines.forget(file);
  }

  private static boolean isQuiet(FilePipeline pipeline, long now) {
    return !pipeline.hasPending() && now - pipeline.lastLine() > SETTLED;
  }

  private boolean readEnd(TrackedFile file, FilePipeline pipeline) {
    try {
      reader.readEnd(file, pipeline, this::identify);
      return true;
    } catch (IOException e) {
      log.warn("{}: its end cannot be read: {}", file, e.toString());
      return false;
    }
  }

  private void failed(TrackedFile file, IOException e) {
    log.warn("{}: cannot be read, trying again with the next scan: {}", file, e.toString());
    file.close();
  }

  /** Whether every line there is has been read. */
  boolean isIdle() {
    return !scanWanted
        && !tracker.isCrowded()
        && abandoned.isEmpty()
        && shared.outbox().hasRoom()
        && tracker.files().stream().allMatch(this::isQuiet);
  }

  private boolean isQuiet(TrackedFile file) {
    return file.isFinished() || file.isAtEnd();
  }

  /** Ends the events that wait for further lines. */
  void endWaiting() {
    pipelines.all().forEach(FilePipeline::endWaiting);
  }

  /**
   * Ends the events of files that were truncated: what they begin with cannot be read again by the
   * next run, while all others can.
   */
  void endTruncated() {
    for (TrackedFile file : tracker.files()) {
      if (file.isTruncated() && pipelines.exists(file) && shared.outbox().hasRoom()) {
        pipelines.of(file).endWaiting();
      }
    }
  }

  void close() {
    lags.measure(tracker.files(), System.nanoTime());
    tracker.files().forEach(TrackedFile::close);
  }
}
