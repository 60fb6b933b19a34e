package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.join.AnyContainerLine;
import io.nsqlops.logs.join.ContainerLine;
import io.nsqlops.logs.join.DockerLine;
import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.model.Utf8;
import io.nsqlops.logs.parse.ColourSequence;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.tail.LineConsumer;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.concurrent.TimeUnit;
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

  /** How much longer a group stays open so as not to end an event that may go on. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(50);

  private final TrackedFile file;
  private final int limit;
  private final FormatChoice formats;
  private final EventWriter writer;
  private final EventGroups groups;
  private final Event event = new Event();
  private final @Nullable ContainerLine envelope;
  private final FileStream[] streams = {new FileStream(), new FileStream()};
  private final Source direct = new Source();
  private long now;
  private long lastLine;

  /** The second at which there was nothing more to read the last time; -1 before that was so. */
  private long endSeen = -1;

  private boolean read;
  private boolean begun;

  /**
   * @param limit longest text joined into one event
   */
  FilePipeline(
      TrackedFile file,
      Envelope envelope,
      int limit,
      FormatChoice formats,
      EventWriter writer,
      EventRules rules) {
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
    this.groups = new EventGroups(writer, rules);
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
    lastLine = begun ? lastLine : nanos;
    begun = true;
  }

  /**
   * The file is looked at, at this second since 1970.
   *
   * @param atEnd whether there is nothing to read
   */
  void look(long second, boolean atEnd) {
    if (atEnd) {
      endSeen = second;
    } else if ((!read || endSeen >= 0) && !hasPending()) {
      // While anything waits, what the formats know of it stays true: it was read before this look.
      formats.written(endSeen, read ? -1 : file.lastWritten());
    }
  }

  @Override
  public boolean isReady(int length) {
    int most = length;
    for (FileStream stream : streams) {
      most = Math.max(most, length + stream.partial().size() + stream.event().size());
    }
    return writer.isReady(most);
  }

  @Override
  public void line(byte[] buffer, int lineFrom, int to, long start, long end, Piece piece) {
    int from = start == 0 && Utf8.hasMark(buffer, lineFrom, to) ? lineFrom + 3 : lineFrom;
    lastLine = now;
    read = true;
    if (file.isCut(start)) {
      endEvents();
    }
    if (file.isDelivered(start)) {
      passOver(buffer, from, to);
      return;
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

  private void passOver(byte[] line, int from, int to) {
    if (groups.mindsDelivered()) {
      ContainerLine container = envelope;
      int stream = ContainerLine.STDOUT;
      if (container != null && container.scan(line, from, to)) {
        stream = container.stream();
      }
      groups.passOver(stream);
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
    PendingText pending = streams[source.stream].event();
    boolean ours = source.generation == file.generation();
    // What began in the file before this one is of the format this one has.
    long offset = ours ? source.start : 0;
    int body = ColourSequence.end(text, from, to);
    int bodyEnd = ColourSequence.start(text, body, to);
    if (formats.decide(text, body, bodyEnd, offset, pending)) {
      file.detected(formats.at(offset).name(), formats.from());
      writer.remember();
    }
    LineFormat format = formats.at(offset);
    LineRole role = source.tag == null ? format.role(text, body, bodyEnd) : LineRole.ALONE;
    boolean joins =
        role == LineRole.CONTINUES
            && pending.isActive()
            && format.continues(pending.bytes(), pending.size(), text, body, bodyEnd);
    if (!joins || pending.size() + (to - from) >= limit) {
      emit(pending, source.stream);
    }
    if (role == LineRole.ALONE) {
      event.of(format, source.stream, source.time, source.tag).text(text, from, to);
      if (source.joined == null) {
        event.covering(source.generation, source.start, source.end);
      } else {
        event.covering(source.joined);
      }
      groups.take(event, now);
      event.release();
    } else {
      await(pending, source, text, from, to);
    }
  }

  /** Keeps a line until it is known whether the event goes on. */
  private void await(PendingText pending, Source source, byte[] text, int from, int to) {
    if (pending.isActive()) {
      pending.append(NEWLINE, 0, 1, now);
    } else if (source.joined != null) {
      pending.begin(source.joined, now);
      return;
    } else {
      pending.begin(source.time);
    }
    pending.append(text, from, to, now);
    if (source.joined != null) {
      pending.cover(source.joined);
    } else {
      pending.cover(source.generation, source.start, source.end);
    }
  }

  private void emit(PendingText pending, int stream) {
    if (pending.isActive()) {
      boolean ours = pending.generation() == file.generation();
      LineFormat format = formats.at(ours ? pending.start() : 0);
      event.of(format, stream, pending.time(), null).text(pending.bytes(), 0, pending.size());
      event.covering(pending);
      groups.take(event, now);
      event.release();
      pending.clear();
    }
  }

  /** Ends the events that wait for further lines, and what stands for others. */
  private void endEvents() {
    for (int stream = 0; stream < streams.length; stream++) {
      emit(streams[stream].event(), stream);
    }
    groups.end();
  }

  /**
   * Ends what has waited for long. Where is remembered first: reading these lines again must not
   * join to them what came later.
   *
   * @param idleSince events that got no further line since then are ended
   * @param begunSince so are events that got their first line before, and go on and on
   * @param openSince so are groups of events begun before; those begun much before even where that
   *     ends an event, too, that might have got a further line
   */
  void endIdle(long idleSince, long begunSince, long openSince) {
    boolean pending = false;
    boolean idle = false;
    for (FileStream stream : streams) {
      PendingText event = stream.event();
      pending |= event.isActive();
      idle |= event.isActive() && (event.touched() <= idleSince || event.begun() <= begunSince);
    }
    boolean open = groups.hasOlder(pending ? openSince - PATIENCE : openSince);
    if (idle || open) {
      file.cut(file.position());
      writer.remember();
      endEvents();
    }
  }

  /** Ends all that waits, as {@link #endIdle} does. */
  void endWaiting() {
    endIdle(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Bytes of text that wait for more. */
  long held() {
    long held = 0;
    for (FileStream stream : streams) {
      held += stream.partial().size() + stream.event().size();
    }
    return held;
  }

  /** Whether part of a line is there whose rest may be at the beginning of the next file. */
  boolean hasPartial() {
    return streams[ContainerLine.STDOUT].partial().isActive()
        || streams[ContainerLine.STDERR].partial().isActive();
  }

  /** Whether anything was read that is not handed on yet. */
  boolean hasPending() {
    return hasPartial() || hasWholeLines();
  }

  /** Whether whole lines wait: for further ones, or for others like them. */
  private boolean hasWholeLines() {
    boolean waiting = groups.hasOlder(Long.MAX_VALUE);
    for (FileStream stream : streams) {
      waiting |= stream.event().isActive();
    }
    return waiting;
  }

  /** Whether all that waits is part of a line, and all of that part is in this file. */
  boolean holdsOnlyAnUnfinishedLine() {
    boolean own = true;
    for (FileStream stream : streams) {
      PendingText partial = stream.partial();
      own &= !partial.isActive() || partial.generation() == file.generation();
    }
    return hasPartial() && own && !hasWholeLines();
  }

  /** Whether any line was read by this run. */
  boolean hasRead() {
    return read;
  }

  /** When the last line was read; before there was one, since when there might have been. */
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
    endEvents();
  }
}
