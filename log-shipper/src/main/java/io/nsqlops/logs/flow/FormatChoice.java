package io.nsqlops.logs.flow;

import io.nsqlops.logs.parse.LineFormat;
import java.util.List;

/**
 * The format of one file: as configured, as remembered, or found out at the first line a format
 * recognises. Lines before that are plain text.
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

  /** Whether this line, at this offset, decides it. */
  boolean decide(byte[] text, int begin, int end, long offset) {
    if (decided) {
      return false;
    }
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

  /** The format of the line at this offset. */
  LineFormat at(long offset) {
    return offset < from ? plain : format;
  }
}
