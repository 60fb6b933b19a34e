package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.CivilTime;

/**
 * Points in time as one long: seconds since 1970 and nanoseconds, packed, so that scanning one
 * makes no object.
 */
public final class Instants {
  /** Not a time. */
  public static final long NONE = -1;

  /** The latest second that can be packed. */
  public static final long MAX_SECOND = (1L << 33) - 1;

  private static final int NANO_BITS = 30;
  private static final int CENTURY = 2000;

  private Instants() {}

  public static long pack(long epochSecond, int nanos) {
    return epochSecond << NANO_BITS | nanos;
  }

  public static long second(long packed) {
    return packed >> NANO_BITS;
  }

  public static int nanos(long packed) {
    return (int) packed & (1 << NANO_BITS) - 1;
  }

  /** Seconds since 1970 of {@code yyyy?MM?dd} at {@code from}, or {@link #NONE}. */
  public static long day(byte[] s, int from, char separator) {
    int century = Digits.two(s, from);
    int year = Digits.two(s, from + 2);
    int month = Digits.two(s, from + 5);
    int day = Digits.two(s, from + 8);
    boolean separated = s[from + 4] == separator && s[from + 7] == separator;
    if (!separated || (century | year) < 0 || !CivilTime.isDate(century * 100 + year, month, day)) {
      return NONE;
    }
    return CivilTime.epochDay(century * 100 + year, month, day) * 86_400;
  }

  /** Seconds of {@code HH:mm:ss} at {@code from}, or {@link #NONE}. A leap second is second 60. */
  public static int time(byte[] s, int from) {
    return time(s, from, Digits.two(s, from));
  }

  /** As {@link #time(byte[], int)}, where a space may stand for a first 0. */
  public static int paddedTime(byte[] s, int from) {
    return time(s, from, s[from] == ' ' ? Digits.fixed(s, from + 1, 1) : Digits.two(s, from));
  }

  private static int time(byte[] s, int from, int hour) {
    int minute = Digits.two(s, from + 3);
    int second = Digits.two(s, from + 6);
    boolean valid =
        s[from + 2] == ':'
            && s[from + 5] == ':'
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second <= 60;
    return valid ? hour * 3600 + minute * 60 + second : (int) NONE;
  }

  /** Seconds since 1970 of {@code yyMMdd} at {@code from}, or {@link #NONE}. */
  public static long shortDay(byte[] s, int from) {
    int year = Digits.two(s, from);
    int month = Digits.two(s, from + 2);
    int day = Digits.two(s, from + 4);
    return year >= 0 && CivilTime.isDate(CENTURY + year, month, day)
        ? CivilTime.epochDay(CENTURY + year, month, day) * 86_400
        : NONE;
  }

  /** Seconds east of UTC of {@code ±hh:mm} at {@code from}, or {@link Integer#MIN_VALUE}. */
  public static int offset(byte[] s, int from) {
    return s[from + 3] == ':' ? offset(s, from, from + 4) : Integer.MIN_VALUE;
  }

  private static int offset(byte[] s, int from, int minutesFrom) {
    int hours = Digits.two(s, from + 1);
    int minutes = Digits.two(s, minutesFrom);
    int seconds = hours * 3600 + minutes * 60;
    boolean valid = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
    if (valid && s[from] == '+') {
      return seconds;
    }
    return valid && s[from] == '-' ? -seconds : Integer.MIN_VALUE;
  }

  /** Length of {@code ±hh:mm} or {@code ±hhmm} at {@code from}, or 0 if it is neither. */
  public static int offsetLength(byte[] s, int from, int to) {
    if (from + 5 > to) {
      return 0;
    }
    int length = s[from + 3] == ':' ? 6 : 5;
    return from + length <= to && anyOffset(s, from) != Integer.MIN_VALUE ? length : 0;
  }

  /** Seconds east of UTC of what {@link #offsetLength} found there. */
  public static int anyOffset(byte[] s, int from) {
    return s[from + 3] == ':' ? offset(s, from) : offset(s, from, from + 3);
  }

  /** Seconds since 1970 with a fraction, {@code 1136214245.654321}, or NONE. */
  public static long epoch(byte[] s, int from, int to) {
    int end = Digits.end(s, from, to);
    long second = Digits.number(s, from, end);
    boolean fraction = end < to && s[end] == '.' && Digits.end(s, end + 1, to) == to;
    if (second < 0 || second > MAX_SECOND || (end < to && !fraction)) {
      return NONE;
    }
    return pack(second, fraction(s, Math.min(end + 1, to), to));
  }

  /** Nanoseconds of up to nine fraction digits; more are cut off. */
  public static int fraction(byte[] s, int from, int to) {
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      nanos = nanos * 10 + (from + i < to ? s[from + i] - '0' : 0);
    }
    return nanos;
  }

  /** RFC 3339 with any fraction and {@code Z} or an offset, over the whole range, or NONE. */
  public static long rfc3339(byte[] s, int from, int to) {
    return instant(s, from, to, false);
  }

  /** As {@link #rfc3339}, and with an offset {@code ±hhmm}. */
  public static long iso8601(byte[] s, int from, int to) {
    return instant(s, from, to, true);
  }

  private static long instant(byte[] s, int from, int to, boolean shortOffset) {
    if (to - from < 20 || (s[from + 10] != 'T' && s[from + 10] != ' ')) {
      return NONE;
    }
    long day = day(s, from, '-');
    int time = time(s, from + 11);
    if (day < 0 || time < 0) {
      return NONE;
    }
    int at = from + 19;
    int nanos = 0;
    if (s[at] == '.') {
      int end = Digits.end(s, at + 1, to);
      nanos = fraction(s, at + 1, end);
      at = end;
    }
    if (at + 1 == to && s[at] == 'Z') {
      return pack(day + time, nanos);
    }
    int length = offsetLength(s, at, to);
    boolean offsetting = at + length == to && (length == 6 || shortOffset);
    int offset = offsetting ? anyOffset(s, at) : Integer.MIN_VALUE;
    return offset == Integer.MIN_VALUE ? NONE : shifted(day + time, offset, nanos);
  }

  /** Packs a local time at an offset; a time before 1970 is none. */
  public static long shifted(long localSecond, int offset, int nanos) {
    long second = localSecond - offset;
    return second < 0 ? NONE : pack(second, nanos);
  }
}
