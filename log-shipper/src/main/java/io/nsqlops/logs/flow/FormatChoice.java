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
  private List<LineFormat> candidates;
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
      boolean decided,
      boolean certain) {
    this.plain = plain;
    this.candidates = candidates;
    this.format = format;
    this.from = from;
    this.decided = decided;
    this.certain = certain;
  }

  static FormatChoice fixed(LineFormat format) {
    return new FormatChoice(format, List.of(), format, 0, true, true);
  }

  /** Found by an earlier run: plain before this offset. */
  static FormatChoice remembered(LineFormat plain, LineFormat format, long from) {
    return new FormatChoice(plain, List.of(), format, from, true, true);
  }

  /**
   * Found by an earlier run at an event that is read again, as it was not acknowledged: the line
   * behind it may still tell better, as it did or would have done in that run.
   */
  static FormatChoice provisional(
      LineFormat plain, LineFormat format, long from, List<LineFormat> candidates) {
    return new FormatChoice(plain, candidates, format, from, true, false);
  }

  static FormatChoice open(LineFormat plain, List<LineFormat> candidates) {
    return new FormatChoice(plain, candidates, plain, 0, false, false);
  }

  /**
   * Whether this line, at this offset, decides it.
   *
   * @param event the event before the line, as far as it is known, if it waits for more
   */
  boolean decide(byte[] text, int begin, int end, long offset, PendingText event) {
    return !certain
        && (decided
            ? offset > from && revise(text, begin, end, event)
            : recognise(text, begin, end, offset));
  }

  /** Whether the line behind the event that decided it tells that it is of another format. */
  private boolean revise(byte[] text, int begin, int end, PendingText event) {
    if (!event.isActive() || event.start() != from) {
      settle();
      return false;
    }
    for (LineFormat candidate : candidates) {
      if (!candidate.name().equals(format.name())
          && candidate.claims(event.bytes(), event.size(), text, begin, end)) {
        format = candidate;
        settle();
        return true;
      }
    }
    return false;
  }

  /** Those that were not chosen are of no more use: there is a set of them for each file. */
  private void settle() {
    certain = true;
    candidates = List.of();
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
