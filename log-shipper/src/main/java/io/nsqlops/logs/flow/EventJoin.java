package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.join.ContainerLine;
import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.ColourSequence;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.concurrent.TimeUnit;

/**
 * Puts the whole lines of one file together to events, those of each stream for themselves, as the
 * file's format says, and hands events on.
 */
final class EventJoin {
  private static final byte[] NEWLINE = {'\n'};

  /** How much longer a group stays open so as not to end an event that may go on. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(50);

  private final TrackedFile file;
  private final int limit;
  private final FormatChoice formats;
  private final EventWriter writer;
  private final EventGroups groups;
  private final Event event = new Event();

  /** What waits for further lines, of each stream. */
  private final PendingText[] waiting = {new PendingText(), new PendingText()};

  private long now;

  /**
   * @param limit longest text joined into one event
   */
  EventJoin(
      TrackedFile file, int limit, FormatChoice formats, EventWriter writer, EventRules rules) {
    this.file = file;
    this.limit = limit;
    this.formats = formats;
    this.writer = writer;
    this.groups = new EventGroups(writer, rules);
  }

  /** Sets the time that waiting is measured by. */
  void at(long nanos) {
    now = nanos;
  }

  /** Tells when what is read next was written, as {@link LineFormat#written} does. */
  void written(long after, long by) {
    formats.written(after, by);
  }

  /** Whether lines that were delivered before have to be told of. */
  boolean mindsDelivered() {
    return groups.mindsDelivered();
  }

  /** A line of this stream was delivered before. */
  void passOver(int stream) {
    groups.passOver(stream);
  }

  /** Takes a whole line. */
  void accept(LineOrigin origin, byte[] text, int from, int to) {
    PendingText pending = waiting[origin.stream()];
    boolean ours = origin.generation() == file.generation();
    // What began in the file before this one is of the format this one has.
    long offset = ours ? origin.start() : 0;
    int body = ColourSequence.end(text, from, to);
    int bodyEnd = ColourSequence.start(text, body, to);
    if (formats.decide(text, body, bodyEnd, offset, pending)) {
      file.detected(formats.at(offset).name(), formats.from());
      writer.remember();
    }
    LineFormat format = formats.at(offset);
    LineRole role = origin.tag() == null ? format.role(text, body, bodyEnd) : LineRole.ALONE;
    boolean joins =
        role == LineRole.CONTINUES
            && pending.isActive()
            && format.continues(pending.bytes(), pending.size(), text, body, bodyEnd);
    if (!joins || pending.size() + (to - from) >= limit) {
      emit(pending, origin.stream());
    }
    if (role == LineRole.ALONE) {
      event.of(format, origin.stream(), origin.time(), origin.tag()).text(text, from, to);
      origin.coverIn(event);
      groups.take(event, now);
      event.release();
    } else {
      await(pending, origin, text, from, to);
    }
  }

  /** Keeps a line until it is known whether the event goes on. */
  private void await(PendingText pending, LineOrigin origin, byte[] text, int from, int to) {
    PendingText joined = origin.joined();
    if (pending.isActive()) {
      pending.append(NEWLINE, 0, 1, now);
    } else if (joined != null) {
      pending.begin(joined, now);
      return;
    } else {
      pending.begin(origin.time());
    }
    pending.append(text, from, to, now);
    origin.coverIn(pending);
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
  void end() {
    emit(waiting[ContainerLine.STDOUT], ContainerLine.STDOUT);
    emit(waiting[ContainerLine.STDERR], ContainerLine.STDERR);
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
    for (PendingText text : waiting) {
      pending |= text.isActive();
      idle |= text.isActive() && (text.touched() <= idleSince || text.begun() <= begunSince);
    }
    boolean open = groups.hasOlder(pending ? openSince - PATIENCE : openSince);
    if (idle || open) {
      file.cut(file.position());
      writer.remember();
      end();
    }
  }

  /** Bytes of text of this stream that wait for further lines. */
  int held(int stream) {
    return waiting[stream].size();
  }

  /** Whether whole lines wait: for further ones, or for others like them. */
  boolean hasWaiting() {
    return waiting[ContainerLine.STDOUT].isActive()
        || waiting[ContainerLine.STDERR].isActive()
        || groups.hasOlder(Long.MAX_VALUE);
  }
}
