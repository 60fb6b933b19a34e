package io.nsqlops.logs.parse.plain;

import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LocalClock;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What most programs begin a line with: {@code yyyy-MM-dd HH:mm:ss}, with a fraction and a zone or
 * without, and a level within the next few words.
 */
final class PlainHeading {
  private static final int TIME_LENGTH = 19;

  /** Words between the time and the level: thread, process, logger, or fields without a blank. */
  private static final int MOST_WORDS = 5;

  private static final int LONGEST_LEVEL = 11;

  /** Ends a word by a change of the colour. */
  private static final byte ESCAPE = 0x1b;

  private static final int QUARTER = 900;
  private static final int FARTHEST = 14 * 3600;
  private static final Map<String, Severity> LEVELS =
      Map.ofEntries(
          Map.entry("TRACE", Severity.TRACE),
          Map.entry("DEBUG", Severity.DEBUG),
          Map.entry("DEBUG1", Severity.DEBUG),
          Map.entry("DEBUG2", Severity.DEBUG),
          Map.entry("DEBUG3", Severity.DEBUG),
          Map.entry("DEBUG4", Severity.DEBUG),
          Map.entry("DEBUG5", Severity.DEBUG),
          Map.entry("INFO", Severity.INFO),
          Map.entry("INFORMATION", Severity.INFO),
          Map.entry("NOTICE", Severity.NOTICE),
          Map.entry("WARN", Severity.WARN),
          Map.entry("WARNING", Severity.WARN),
          Map.entry("ERROR", Severity.ERROR),
          Map.entry("ERR", Severity.ERROR),
          Map.entry("SEVERE", Severity.ERROR),
          Map.entry("CRITICAL", Severity.CRITICAL),
          Map.entry("CRIT", Severity.CRITICAL),
          Map.entry("ALERT", Severity.CRITICAL),
          Map.entry("EMERG", Severity.FATAL),
          Map.entry("FATAL", Severity.FATAL),
          Map.entry("PANIC", Severity.FATAL));

  private static final byte[] KIND_END = Ascii.bytes(":  ");

  private final LocalClock clock;
  private long time = Instants.NONE;
  private boolean local;
  private boolean ambiguous;
  private int end;
  private @Nullable Severity level;

  /**
   * @param clock of the zone that tells which of several an abbreviation means
   */
  PlainHeading(LocalClock clock) {
    this.clock = clock;
  }

  /** Seconds and nanoseconds, packed; without a zone as if they were UTC; or NONE. */
  long time() {
    return time;
  }

  /** Whether the time carries no zone, or none that can be told. */
  boolean isLocal() {
    return local;
  }

  /** Whether it carries the name of a zone that cannot be told. */
  boolean isAmbiguous() {
    return ambiguous;
  }

  /** The level, or null if there is none. */
  @Nullable Severity level() {
    return level;
  }

  /** Reads the heading of a text: of its first line. */
  void read(byte[] s, int from, int to) {
    int lineEnd = Ascii.lineEnd(s, from, to);
    readTime(s, from, lineEnd);
    level = time == Instants.NONE ? null : findLevel(s, end, lineEnd);
  }

  private void readTime(byte[] s, int from, int to) {
    time = Instants.NONE;
    ambiguous = false;
    int at = from < to && s[from] == '[' ? from + 1 : from;
    if (to - at < TIME_LENGTH || (s[at + 10] != ' ' && s[at + 10] != 'T')) {
      return;
    }
    char separator = s[at + 4] == '/' ? '/' : '-';
    long day = Instants.day(s, at, separator);
    int second = Instants.time(s, at + 11);
    if (day < 0 || second < 0) {
      return;
    }
    at += TIME_LENGTH;
    int nanos = 0;
    if (at < to && (s[at] == '.' || s[at] == ',')) {
      int digits = Digits.end(s, at + 1, to);
      nanos = Instants.fraction(s, at + 1, digits);
      at = digits;
    }
    end = at;
    int offset = zone(day + second, s, at, to);
    local = offset == Integer.MIN_VALUE;
    time = Instants.shifted(day + second, local ? 0 : offset, nanos);
  }

  /**
   * Seconds east of UTC, and the end moved behind it; {@link Integer#MIN_VALUE} if none is told.
   */
  private int zone(long localSecond, byte[] s, int from, int to) {
    int at = Ascii.skipSpaces(s, from, to);
    if (at < to && at == from && s[at] == 'Z') {
      end = at + 1;
      return 0;
    }
    int nameEnd = ZoneAbbreviation.end(s, at, to);
    if (nameEnd > 0 && endsAt(s, nameEnd, to)) {
      return named(localSecond, s, at, nameEnd, to);
    }
    if (isHours(s, at, to)) {
      end = at + 3;
      return (s[at] == '-' ? -3600 : 3600) * Digits.fixed(s, at + 1, 2);
    }
    int length = Instants.offsetLength(s, at, to);
    int offset = length == 0 ? Integer.MIN_VALUE : Instants.anyOffset(s, at);
    // A number of the message is none: zones are quarters of an hour, and within 14 hours.
    if (length == 0
        || !endsAt(s, at + length, to)
        || offset % QUARTER != 0
        || Math.abs(offset) > FARTHEST) {
      return Integer.MIN_VALUE;
    }
    end = at + length;
    return offset;
  }

  private int named(long localSecond, byte[] s, int from, int to, int lineEnd) {
    ZoneAbbreviation zone = ZoneAbbreviation.named(s, from, to);
    if (zone == null || (zone.isWord() && !goesOn(s, to, lineEnd))) {
      return Integer.MIN_VALUE;
    }
    end = to;
    int offset = zone.offset((int) (localSecond - clock.utcSecond(localSecond)));
    ambiguous = offset == ZoneAbbreviation.NONE;
    return offset;
  }

  /**
   * Whether what comes next is more of a heading, not a message: a bracket, a level, or what
   * PostgreSQL puts behind the kind of a line, a colon and two spaces.
   */
  private static boolean goesOn(byte[] s, int from, int to) {
    int at = Ascii.skipSpaces(s, from, to);
    return at < to
        && (s[at] == '[' || findLevel(s, at, to) != null || Ascii.indexOf(s, at, to, KIND_END) > 0);
  }

  /** Whether {@code ±hh [} comes next: PostgreSQL's name of a zone that has none. */
  private static boolean isHours(byte[] s, int at, int to) {
    if (at + 4 >= to || (s[at] != '+' && s[at] != '-') || s[at + 3] != ' ' || s[at + 4] != '[') {
      return false;
    }
    int hours = Digits.fixed(s, at + 1, 2);
    return hours >= 0 && hours * 3600 <= FARTHEST;
  }

  private static boolean endsAt(byte[] s, int at, int to) {
    return at >= to || isSeparator(s[at]) || s[at] == ',';
  }

  private static @Nullable Severity findLevel(byte[] s, int from, int to) {
    int at = from;
    int words = 0;
    while (at < to) {
      boolean blank = false;
      while (at < to && isSeparator(s[at])) {
        blank |= isBlank(s[at]);
        at++;
      }
      words += blank ? 1 : 0;
      if (words > MOST_WORDS) {
        return null;
      }
      int wordEnd = at;
      while (wordEnd < to && !isSeparator(s[wordEnd])) {
        wordEnd++;
      }
      Severity found = level(s, at, wordEnd, to);
      if (found != null) {
        return found;
      }
      at = wordEnd;
    }
    return null;
  }

  private static boolean isSeparator(byte b) {
    return isBlank(b) || b == '[' || b == ']' || b == '(' || b == ')' || b == ':' || b == ESCAPE;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '|';
  }

  /**
   * In capitals, or between brackets: a word of the message is not a level, nor is the value of a
   * field, {@code client=[local]}. A time is in front of it.
   */
  private static @Nullable Severity level(byte[] s, int from, int to, int lineEnd) {
    if (from == to || to - from > LONGEST_LEVEL) {
      return null;
    }
    String word = new String(s, from, to - from, StandardCharsets.ISO_8859_1);
    boolean bracketed = s[from - 1] == '[' && s[from - 2] != '=' && to < lineEnd && s[to] == ']';
    if (word.equals("LOG") && to < lineEnd && s[to] == ':') {
      // PostgreSQL's name for what others call info
      return Severity.INFO;
    }
    return LEVELS.get(bracketed ? word.toUpperCase(Locale.ROOT) : word);
  }
}
