package io.nsqlops.logs.flow;

import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.RangeConsumer;
import io.nsqlops.logs.model.Tag;
import io.nsqlops.logs.parse.LineFormat;
import org.jspecify.annotations.Nullable;

/**
 * A whole event on its way to the writer: its text, and the bytes of files it covers. Used again
 * for the next.
 */
final class Event {
  private static final byte[] NOTHING = {};

  private @Nullable LineFormat format;
  private int stream;
  private long time;
  private @Nullable Tag tag;
  private byte[] text = NOTHING;
  private int from;
  private int to;
  private long generation;
  private long start;
  private long end;
  private @Nullable PendingText joined;

  /** What the event is, but for its text. */
  Event of(LineFormat eventFormat, int eventStream, long envelopeTime, @Nullable Tag eventTag) {
    format = eventFormat;
    stream = eventStream;
    time = envelopeTime;
    tag = eventTag;
    return this;
  }

  Event text(byte[] bytes, int textFrom, int textTo) {
    text = bytes;
    from = textFrom;
    to = textTo;
    return this;
  }

  /** Forgets the text: one of a megabyte for each of many files would fill the heap. */
  void release() {
    text = NOTHING;
    from = 0;
    to = 0;
  }

  /** It is one line of a file. */
  Event covering(long lineGeneration, long lineStart, long lineEnd) {
    generation = lineGeneration;
    start = lineStart;
    end = lineEnd;
    joined = null;
    return this;
  }

  /** It was put together from what this text covers. */
  Event covering(PendingText parts) {
    generation = parts.generation();
    start = parts.start();
    joined = parts;
    return this;
  }

  LineFormat format() {
    LineFormat known = format;
    if (known == null) {
      throw new IllegalStateException("an event without a format");
    }
    return known;
  }

  int stream() {
    return stream;
  }

  /** The container runtime's time of its first line, packed. */
  long time() {
    return time;
  }

  @Nullable Tag tag() {
    return tag;
  }

  byte[] text() {
    return text;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Generation its first byte is in. */
  long generation() {
    return generation;
  }

  /** Offset of its first byte. */
  long start() {
    return start;
  }

  /** Bytes of text that were joined to its first line, or to the first part of that. */
  int joined() {
    PendingText parts = joined;
    return parts == null ? 0 : parts.joined();
  }

  /** Gives every range it covers. */
  void cover(RangeConsumer ranges) {
    PendingText parts = joined;
    if (parts == null) {
      ranges.cover(generation, start, end);
      return;
    }
    for (int i = 0; i < parts.rangeCount(); i++) {
      ranges.cover(parts.rangeGeneration(i), parts.rangeFrom(i), parts.rangeTo(i));
    }
  }
}
