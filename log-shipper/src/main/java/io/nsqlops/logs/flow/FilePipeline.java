package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.join.AnyContainerLine;
import io.nsqlops.logs.join.ContainerLine;
import io.nsqlops.logs.join.DockerLine;
import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.model.Utf8;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.tail.LineConsumer;
import io.nsqlops.logs.tail.TrackedFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of one file, takes off the envelope, puts partial lines together, and hands whole
 * lines on to {@link EventJoin}.
 *
 * <p>Where a line or an event ends depends only on the bytes of the file and on what is remembered
 * of it, so that after a restart the same bytes make the same documents.
 */
final class FilePipeline implements LineConsumer {
  private final TrackedFile file;
  private final int limit;
  private final EventWriter writer;
  private final EventJoin events;
  private final @Nullable ContainerLine envelope;

  /** The lines that wait for their rest, of each stream. */
  private final PendingText[] partials = {new PendingText(), new PendingText()};

  private final LineOrigin direct = new LineOrigin();
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
    this.writer = writer;
    this.events = new EventJoin(file, limit, formats, writer, rules);
  }

  /** Sets the time that waiting is measured by. */
  void at(long nanos) {
    now = nanos;
    events.at(nanos);
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
      events.written(endSeen, read ? -1 : file.lastWritten());
    }
  }

  @Override
  public boolean isReady(int length) {
    int most = length;
    for (int stream = 0; stream < partials.length; stream++) {
      most = Math.max(most, length + partials[stream].size() + events.held(stream));
    }
    return writer.isReady(most);
  }

  @Override
  public void line(byte[] buffer, int lineFrom, int to, long start, long end, Piece piece) {
    int from = start == 0 && Utf8.hasMark(buffer, lineFrom, to) ? lineFrom + 3 : lineFrom;
    lastLine = now;
    read = true;
    if (file.isCut(start)) {
      events.end();
    }
    if (file.isDelivered(start)) {
      passOver(buffer, from, to);
      return;
    }
    LineOrigin origin = direct;
    origin.line(file.generation(), start, end, tag(piece));
    ContainerLine container = envelope;
    if (container != null && container.scan(buffer, from, to)) {
      origin.envelope(
          container.stream(), Instants.rfc3339(buffer, container.timeFrom(), container.timeEnd()));
      text(
          origin,
          container.text(),
          container.contentFrom(),
          container.contentEnd(),
          container.isPartial());
    } else {
      origin.envelope(ContainerLine.STDOUT, Instants.NONE);
      text(origin, buffer, from, to, false);
    }
  }

  private static @Nullable Tag tag(Piece piece) {
    return switch (piece) {
      case WHOLE -> null;
      case SPLIT -> Tag.LINE_SPLIT;
      case UNTERMINATED -> Tag.LINE_INCOMPLETE;
    };
  }

  private void passOver(byte[] line, int from, int to) {
    if (events.mindsDelivered()) {
      ContainerLine container = envelope;
      int stream = ContainerLine.STDOUT;
      if (container != null && container.scan(line, from, to)) {
        stream = container.stream();
      }
      events.passOver(stream);
    }
  }

  private void text(LineOrigin origin, byte[] text, int from, int to, boolean more) {
    PendingText partial = partials[origin.stream()];
    if (more || partial.isActive()) {
      joinPartial(partial, origin, text, from, to, more);
    } else {
      events.accept(origin, text, from, to);
    }
  }

  private void joinPartial(
      PendingText partial, LineOrigin origin, byte[] text, int from, int to, boolean more) {
    if (partial.isActive() && partial.size() + (to - from) > limit) {
      passOn(partial, origin.stream(), Tag.LINE_SPLIT);
    }
    if (!partial.isActive()) {
      partial.begin(origin.time());
    }
    partial.append(text, from, to, now);
    origin.coverIn(partial);
    if (!more) {
      passOn(partial, origin.stream(), origin.tag());
    }
  }

  /** A line put together from partial ones is complete, or as complete as it gets. */
  private void passOn(PendingText partial, int stream, @Nullable Tag tag) {
    events.accept(LineOrigin.of(partial, stream, tag), partial.bytes(), 0, partial.size());
    partial.clear();
  }

  /** Ends what has waited for long, as {@link EventJoin#endIdle} does. */
  void endIdle(long idleSince, long begunSince, long openSince) {
    events.endIdle(idleSince, begunSince, openSince);
  }

  /** Ends all that waits for further lines, as {@link #endIdle} does. */
  void endWaiting() {
    endIdle(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Bytes of text that wait for more. */
  long held() {
    long held = 0;
    for (int stream = 0; stream < partials.length; stream++) {
      held += partials[stream].size() + events.held(stream);
    }
    return held;
  }

  /** Whether part of a line is there whose rest may be at the beginning of the next file. */
  boolean hasPartial() {
    return partials[ContainerLine.STDOUT].isActive() || partials[ContainerLine.STDERR].isActive();
  }

  /** Whether anything was read that is not handed on yet. */
  boolean hasPending() {
    return hasPartial() || events.hasWaiting();
  }

  /** Whether all that waits is part of a line, and all of that part is in this file. */
  boolean holdsOnlyAnUnfinishedLine() {
    boolean own = true;
    for (PendingText partial : partials) {
      own &= !partial.isActive() || partial.generation() == file.generation();
    }
    return hasPartial() && own && !events.hasWaiting();
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
    for (int stream = 0; stream < partials.length; stream++) {
      PendingText partial = before.partials[stream];
      if (partial.isActive()) {
        partials[stream].takeOver(partial);
      }
    }
  }

  /** The file will not grow any more: nothing is worth waiting for. */
  void endAll() {
    for (int stream = 0; stream < partials.length; stream++) {
      PendingText partial = partials[stream];
      if (partial.isActive()) {
        passOn(partial, stream, Tag.LINE_INCOMPLETE);
      }
    }
    events.end();
  }
}
