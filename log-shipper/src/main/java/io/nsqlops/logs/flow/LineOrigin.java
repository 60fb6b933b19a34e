package io.nsqlops.logs.flow;

import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.model.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where a whole line comes from: a line of the file, still in the read buffer, or a text put
 * together from several. Used again for each line, as there are too many of them.
 */
final class LineOrigin {
  private int stream;
  private long generation;
  private long start;
  private long end;
  private long time;
  private @Nullable PendingText joined;
  private @Nullable Tag tag;

  /** One line of a file, of the first stream and without a time until an envelope tells. */
  void line(long lineGeneration, long lineStart, long lineEnd, @Nullable Tag lineTag) {
    generation = lineGeneration;
    start = lineStart;
    end = lineEnd;
    joined = null;
    tag = lineTag;
  }

  /** What its envelope tells, or stands in for one that is not there. */
  void envelope(int ofStream, long atTime) {
    stream = ofStream;
    time = atTime;
  }

  /** A line put together from partial ones. */
  static LineOrigin of(PendingText partial, int stream, @Nullable Tag tag) {
    LineOrigin origin = new LineOrigin();
    origin.line(partial.generation(), partial.start(), 0, tag);
    origin.envelope(stream, partial.time());
    origin.joined = partial;
    return origin;
  }

  int stream() {
    return stream;
  }

  /** Generation its first byte is in. */
  long generation() {
    return generation;
  }

  /** Offset of its first byte. */
  long start() {
    return start;
  }

  /** The container runtime's time, packed. */
  long time() {
    return time;
  }

  @Nullable Tag tag() {
    return tag;
  }

  /** The partial lines it was put together from; null if it is a line of the file. */
  @Nullable PendingText joined() {
    return joined;
  }

  /** Adds what it covers to a text. */
  void coverIn(PendingText text) {
    PendingText parts = joined;
    if (parts == null) {
      text.cover(generation, start, end);
    } else {
      text.cover(parts);
    }
  }

  /** An event that is this line alone covers what it covers. */
  void coverIn(Event event) {
    PendingText parts = joined;
    if (parts == null) {
      event.covering(generation, start, end);
    } else {
      event.covering(parts);
    }
  }
}
