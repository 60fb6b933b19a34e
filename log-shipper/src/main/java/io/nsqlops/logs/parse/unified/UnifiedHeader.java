package io.nsqlops.logs.parse.unified;

import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import java.util.Optional;

/** {@code [yyyy/MM/dd HH:mm:ss.SSS ±hh:mm] [LEVEL] [file:line] } at the beginning of a line. */
final class UnifiedHeader {
  /** Length of the time with its brackets and the space behind. */
  private static final int TIME_LENGTH = 33;

  private UnifiedHeader() {}

  /** The time, or {@link Instants#NONE} if this is not the beginning of a line of this format. */
  static long time(byte[] s, int from, int to) {
    if (to - from < TIME_LENGTH + 1 || s[from] != '[' || s[from + 31] != ']') {
      return Instants.NONE;
    }
    if (s[from + 11] != ' ' || s[from + 20] != '.' || s[from + 24] != ' ' || s[from + 32] != ' ') {
      return Instants.NONE;
    }
    long day = Instants.day(s, from + 1, '/');
    int time = Instants.time(s, from + 12);
    int millis = Digits.fixed(s, from + 21, 3);
    int offset = Instants.offset(s, from + 25);
    if (day < 0 || time < 0 || millis < 0 || offset == Integer.MIN_VALUE) {
      return Instants.NONE;
    }
    return Instants.shifted(day + time, offset, millis * 1_000_000);
  }

  /** Where the level section begins. */
  static int levelStart(int from) {
    return from + TIME_LENGTH;
  }

  /**
   * End of a section of plain characters in brackets (position behind the closing bracket), or -1
   * if there is none at {@code from}.
   */
  static int sectionEnd(byte[] s, int from, int to) {
    if (from >= to || s[from] != '[') {
      return -1;
    }
    for (int i = from + 1; i < to; i++) {
      if (s[i] == ']') {
        return i + 1;
      }
      if (s[i] == '[' || s[i] == '"' || s[i] == ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Whether a section ends with the number of a line: {@code file:line]}. */
  static boolean isOrigin(byte[] s, int from, int end) {
    int digits = end - 1;
    while (digits > from && Digits.isDigit(s[digits - 1])) {
      digits--;
    }
    return digits < end - 1 && digits - 2 > from && s[digits - 1] == ':';
  }

  /** The level between two positions; empty if it is none of the names components print. */
  static Optional<Severity> level(byte[] s, int from, int to) {
    if (to - from < 4 || to - from > 8) {
      return Optional.empty();
    }
    return switch (s[from]) {
      case 'I' -> only("INFO", Severity.INFO, s, from, to);
      case 'W' ->
          to - from == 4
              ? only("WARN", Severity.WARN, s, from, to)
              : only("WARNING", Severity.WARN, s, from, to);
      case 'E' -> only("ERROR", Severity.ERROR, s, from, to);
      case 'D' ->
          to - from == 5
              ? only("DEBUG", Severity.DEBUG, s, from, to)
              : only("DPANIC", Severity.CRITICAL, s, from, to);
      case 'F' -> only("FATAL", Severity.FATAL, s, from, to);
      case 'P' -> only("PANIC", Severity.FATAL, s, from, to);
      case 'T' -> only("TRACE", Severity.TRACE, s, from, to);
      case 'C' -> only("CRITICAL", Severity.CRITICAL, s, from, to);
      case 'N' -> only("NOTICE", Severity.NOTICE, s, from, to);
      case 'U' -> only("UNKNOWN", Severity.INFO, s, from, to);
      default -> Optional.empty();
    };
  }

  private static Optional<Severity> only(
      String name, Severity severity, byte[] s, int from, int to) {
    if (name.length() != to - from) {
      return Optional.empty();
    }
    for (int i = from; i < to; i++) {
      if (s[i] != name.charAt(i - from)) {
        return Optional.empty();
      }
    }
    return Optional.of(severity);
  }
}
