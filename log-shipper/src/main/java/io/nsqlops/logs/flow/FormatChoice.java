package io.nsqlops.logs.flow;

import io.nsqlops.logs.join.PendingText;
import io.nsqlops.logs.parse.LineFormat;
import java.util.List;

/**
 * The format of one file: as configured, as remembered, or found out at the first line a format
 * recognises. Lines before that are plain text. Where the first event may be of several formats,
 * the line behind it may tell better, as long as the event was not handed on.
 *
 * <p>What was found is remembered with the offset it holds from: reading the same lines again must
 * end their events in the same places.
 */
final class FormatChoice {
  private final LineFormat plain;
  private final List<LineFormat> candidates;
  private long from;
  private LineFormat format;
  private boolean decided;

  /** Whether no later line can tell better. */
  private boolean certain;

  private FormatChoice(
      LineFormat plain,
      List<LineFormat> candidates,
      LineFormat format,
      long from,
      boolean decided) {
    this.plain = plain;
    this.candidates = candidates;
    this.format = format;
    this.from = from;
    this.decided = decided;
    this.certain = decided;
  }

  static FormatChoice fixed(LineFormat format) {
    return new FormatChoice(format, List.of(), format, 0, true);
  }

  /** Found by an earlier run: plain before this offset. */
  static FormatChoice remembered(LineFormat plain, LineFormat format, long from) {
    return new FormatChoice(plain, List.of(), format, from, true);
  }

  static FormatChoice open(LineFormat plain, List<LineFormat> candidates) {
    return new FormatChoice(plain, candidates, plain, 0, false);
  }

  /**
   * Whether this line, at this offset, decides it.
   *
   * @param event the event before the line, as far as it is known, if it waits for more
   */
  boolean decide(byte[] text, int begin, int end, long offset, PendingText event) {
    return !certain
        && (decided ? revise(text, begin, end, event) : recognise(text, begin, end, offset));
  }

  /** Whether the line behind the event that decided it tells that it is of another format. */
  private boolean revise(byte[] text, int begin, int end, PendingText event) {
    if (!event.isActive() || event.start() != from) {
      certain = true;
      return false;
    }
    for (LineFormat candidate : candidates) {
      if (candidate != format && candidate.claims(event.bytes(), event.size(), text, begin, end)) {
        format = candidate;
        certain = true;
        return true;
      }
    }
    return false;
  }

  private boolean recognise(byte[] text, int begin, int end, long offset) {
    for (LineFormat candidate : candidates) {
      if (candidate.recognises(text, begin, end)) {
        format = candidate;
        from = offset;
        decided = true;
        return true;
      }
    }
    return false;
  }

  /** Tells when the lines that are read next were written, as {@link LineFormat#written} does. */
  void written(long after, long by) {
    format.written(after, by);
    if (!certain) {
      for (LineFormat candidate : candidates) {
        candidate.written(after, by);
      }
    }
  }

  /** Offset of the first line it holds for. */
  long from() {
    return from;
  }

  /** The format of the line at this offset. */
  LineFormat at(long offset) {
    return offset < from ? plain : format;
  }
}
