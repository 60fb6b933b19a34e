package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.join.AnyContainerLine;
import io.nsqlops.logs.join.ContainerLine;
import io.nsqlops.logs.join.DockerLine;
import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.tail.LineConsumer;
import io.nsqlops.logs.tail.TrackedFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of one file, takes off the envelope, puts partial lines and multi-line events
 * together, and hands whole events on.
 *
 * <p>Where an event ends depends only on the bytes of the file and on what is remembered of it, so
 * that after a restart the same bytes make the same documents.
 */
final class FilePipeline implements LineConsumer {
  private static final byte[] NEWLINE = {'\n'};

  private final TrackedFile file;
  private final int limit;
  private final FormatChoice formats;
  private final EventWriter writer;
  private final @Nullable ContainerLine envelope;
  private final FileStream[] streams = {new FileStream(), new FileStream()};
  private final Source direct = new Source();
  private long now;
  private long lastLine;
  private boolean read;

  /**
   * @param limit longest text joined into one event
   */
  FilePipeline(
      TrackedFile file, Envelope envelope, int limit, FormatChoice formats, EventWriter writer) {
    this.file = file;
    this.envelope =
        switch (envelope) {
          case NONE -> null;
          case CRI -> new AnyContainerLine();
          case DOCKER -> new DockerLine();
        };
    this.limit = limit;
    this.formats = formats;
    this.writer = writer;
  }

  /** Where an event comes from: one line still in the read buffer, or a text put together. */
  private static final class Source {
    private int stream;
    private long generation;
    private long start;
    private long end;
    private long time;
    private @Nullable PendingText joined;
    private @Nullable Tag tag;
  }

  /** Sets the time that waiting is measured by. */
  void at(long nanos) {
    now = nanos;
  }

  @Override
  public boolean isReady() {
    return writer.isReady();
  }

  @Override
  public void line(byte[] buffer, int from, int to, long start, long end, Piece piece) {
    lastLine = now;
    read = true;
    if (file.isDelivered(start)) {
      return;
    }
    if (file.isCut(start)) {
      endEvents(Long.MAX_VALUE);
    }
    Source source = direct;
    source.stream = ContainerLine.STDOUT;
    source.generation = file.generation();
    source.start = start;
    source.end = end;
    source.time = Instants.NONE;
    source.joined = null;
    source.tag =
        switch (piece) {
          case WHOLE -> null;
          case SPLIT -> Tag.LINE_SPLIT;
          case UNTERMINATED -> Tag.LINE_INCOMPLETE;
        };
    ContainerLine container = envelope;
    if (container != null && container.scan(buffer, from, to)) {
      source.stream = container.stream();
      source.time = Instants.rfc3339(buffer, container.timeFrom(), container.timeEnd());
      text(
          source,
          container.text(),
          container.contentFrom(),
          container.contentEnd(),
          container.isPartial());
    } else {
      text(source, buffer, from, to, false);
    }
  }

  private void text(Source source, byte[] text, int from, int to, boolean more) {
    PendingText partial = streams[source.stream].partial();
    if (more || partial.isActive()) {
      joinPartial(partial, source, text, from, to, more);
    } else {
      accept(source, text, from, to);
    }
  }

  private void joinPartial(
      PendingText partial, Source source, byte[] text, int from, int to, boolean more) {
    if (partial.isActive() && partial.size() + (to - from) > limit) {
      passOn(partial, source.stream, Tag.LINE_SPLIT);
    }
    if (!partial.isActive()) {
      partial.begin(source.time);
    }
    partial.append(text, from, to, now);
    partial.cover(file.generation(), source.start, source.end);
    if (!more) {
      passOn(partial, source.stream, source.tag);
    }
  }

  /** A line put together from partial ones is complete, or as complete as it gets. */
  private void passOn(PendingText partial, int stream, @Nullable Tag tag) {
    Source source = new Source();
    source.stream = stream;
    source.generation = partial.generation();
    source.start = partial.start();
    source.time = partial.time();
    source.joined = partial;
    source.tag = tag;
    accept(source, partial.bytes(), 0, partial.size());
    partial.clear();
  }

  private void accept(Source source, byte[] text, int from, int to) {
    PendingText event = streams[source.stream].event();
    boolean ours = source.generation == file.generation();
    // What began in the file before this one is of the format this one has.
    long offset = ours ? source.start : 0;
    if (formats.decide(text, from, to, offset)) {
      file.detected(formats.at(offset).name(), offset);
      writer.remember();
    }
    LineFormat format = formats.at(offset);
    LineRole role = source.tag == null ? format.role(text, from, to) : LineRole.ALONE;
    boolean joins = role == LineRole.CONTINUES && event.isActive();
    if (!joins || event.size() + (to - from) >= limit) {
      emit(event, source.stream);
    }
    if (role == LineRole.ALONE) {
      writer.begin(format, source.generation, source.start, source.stream, source.time);
      writer.write(text, from, to, source.tag);
      cover(source);
      writer.end();
    } else {
      await(event, source, text, from, to);
    }
  }

  /** Keeps a line until it is known whether the event goes on. */
  private void await(PendingText event, Source source, byte[] text, int from, int to) {
    if (event.isActive()) {
      event.append(NEWLINE, 0, 1, now);
    } else {
      event.begin(source.time);
    }
    event.append(text, from, to, now);
    if (source.joined != null) {
      event.cover(source.joined);
    } else {
      event.cover(source.generation, source.start, source.end);
    }
  }

  private void cover(Source source) {
    PendingText joined = source.joined;
    if (joined == null) {
      writer.cover(source.generation, source.start, source.end);
    } else {
      cover(joined);
    }
  }

  private void cover(PendingText text) {
    for (int i = 0; i < text.rangeCount(); i++) {
      writer.cover(text.rangeGeneration(i), text.rangeFrom(i), text.rangeTo(i));
    }
  }

  private void emit(PendingText event, int stream) {
    if (event.isActive()) {
      boolean ours = event.generation() == file.generation();
      LineFormat format = formats.at(ours ? event.start() : 0);
      writer.begin(format, event.generation(), event.start(), stream, event.time());
      writer.write(event.bytes(), 0, event.size(), null);
      cover(event);
      writer.end();
      event.clear();
    }
  }

  /** Ends the events that wait for further lines and got none since this time. */
  private void endEvents(long before) {
    for (int stream = 0; stream < streams.length; stream++) {
      PendingText event = streams[stream].event();
      if (event.isActive() && event.touched() <= before) {
        emit(event, stream);
      }
    }
  }

  /**
   * Ends events that have waited for long. Where is remembered first: reading these lines again
   * must not join to them what came later.
   */
  void endIdle(long before) {
    boolean idle = false;
    for (FileStream stream : streams) {
      idle |= stream.event().isActive() && stream.event().touched() <= before;
    }
    if (idle) {
      file.cut(file.position());
      writer.remember();
      endEvents(Long.MAX_VALUE);
    }
  }

  /** Whether part of a line is there whose rest may be at the beginning of the next file. */
  boolean hasPartial() {
    return streams[ContainerLine.STDOUT].partial().isActive()
        || streams[ContainerLine.STDERR].partial().isActive();
  }

  /** Whether any line was read by this run. */
  boolean hasRead() {
    return read;
  }

  /** When the last line was read. */
  long lastLine() {
    return lastLine;
  }

  /** Goes on with the partial lines of the file before this one. */
  void inherit(FilePipeline before) {
    for (int stream = 0; stream < streams.length; stream++) {
      PendingText partial = before.streams[stream].partial();
      if (partial.isActive()) {
        streams[stream].partial().takeOver(partial);
      }
    }
  }

  /** The file will not grow any more: nothing is worth waiting for. */
  void endAll() {
    for (int stream = 0; stream < streams.length; stream++) {
      PendingText partial = streams[stream].partial();
      if (partial.isActive()) {
        passOn(partial, stream, Tag.LINE_INCOMPLETE);
      }
    }
    endEvents(Long.MAX_VALUE);
  }
}
