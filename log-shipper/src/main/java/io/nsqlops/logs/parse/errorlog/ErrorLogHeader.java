package io.nsqlops.logs.parse.errorlog;

import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.ServerLabel;

/**
 * What an event begins with, as positions. The time is one of
 *
 * <ul>
 *   <li>RFC 3339: MySQL since 5.7;
 *   <li>{@code yyyy-MM-dd H:mm:ss}, local: MySQL 5.6, MariaDB since 10.1;
 *   <li>{@code yyMMdd H:mm:ss}, local: all before, and the scripts that start the servers;
 *   <li>{@code HH:mm:ss} in front of MySQL's report of a crash, in UTC.
 * </ul>
 *
 * Behind it come the thread, except in the oldest form, and a label. InnoDB printed some events
 * past the server's log for long, assertions to this day: without a label, the thread in
 * hexadecimal.
 */
public final class ErrorLogHeader {
  private static final int TIME_LIMIT = 40;
  private static final int LONG_DAY = 10;
  private static final int SHORT_DAY = 6;
  private static final int TIME_OF_DAY = 8;
  private static final byte[] CRASH = Ascii.bytes("UTC - mysqld got ");
  private static final byte[] OLD_CRASH = Ascii.bytes("- mysqld got ");
  private static final byte[] SAFE = Ascii.bytes("mysqld_safe ");
  private static final byte[] NEW_SAFE = Ascii.bytes("mariadbd-safe ");
  private static final byte[] INNODB = Ascii.bytes("InnoDB: ");
  private static final byte[] XTRADB = Ascii.bytes("Percona XtraDB (");
  private static final byte[] STARTED = Ascii.bytes("mysqld started");
  private static final byte[] RESTARTED = Ascii.bytes("mysqld restarted");
  private static final byte[] ENDED = Ascii.bytes("mysqld ended");
  private static final byte[] ASSERTION = Ascii.bytes("Assertion failure");
  private static final byte[] FATAL = Ascii.bytes("Fatal");
  private static final byte[] ERROR = Ascii.bytes("Error");
  private static final byte[] WARNING = Ascii.bytes("Warning");

  private long time;
  private int timeOfDay;
  private boolean local;
  private int threadFrom;
  private int threadTo;
  private boolean labelled;
  private Severity severity = Severity.INFO;
  private int message;

  /** Reads the header at the beginning of a text; false if it has none. */
  public boolean read(byte[] s, int from, int to) {
    time = Instants.NONE;
    timeOfDay = -1;
    local = false;
    threadFrom = from;
    threadTo = from;
    labelled = false;
    severity = Severity.INFO;
    // the shortest: a time of day, a space and a word
    if (to - from < TIME_OF_DAY + 4 || !Digits.isDigit(s[from])) {
      return false;
    }
    if (s[from + 4] == '-') {
      return s[from + LONG_DAY] == 'T' ? zoned(s, from, to) : local(s, from, LONG_DAY, to);
    }
    return s[from + SHORT_DAY] == ' ' ? local(s, from, SHORT_DAY, to) : undated(s, from, to);
  }

  private boolean zoned(byte[] s, int from, int to) {
    int body = Ascii.indexOf(s, from, Math.min(to, from + TIME_LIMIT), ' ') + 1;
    time = body == 0 ? Instants.NONE : Instants.rfc3339(s, from, body - 1);
    return time != Instants.NONE
        && (labelBehindThread(s, body, to) || script(s, body, to) || crash(CRASH, s, body, to));
  }

  private boolean undated(byte[] s, int from, int to) {
    int body = from + TIME_OF_DAY + 1;
    if (s[from + 2] != ':' || s[body - 1] != ' ' || !crash(CRASH, s, body, to)) {
      return false;
    }
    timeOfDay = Instants.time(s, from);
    // the time stays in front: it may be all that tells it
    message = from;
    return timeOfDay >= 0;
  }

  private boolean local(byte[] s, int from, int dayLength, int to) {
    int end = from + dayLength + 1 + TIME_OF_DAY;
    if (end + 2 >= to || s[from + dayLength] != ' ' || s[end] != ' ') {
      return false;
    }
    int second = Instants.paddedTime(s, end - TIME_OF_DAY);
    long day = dayLength == LONG_DAY ? Instants.day(s, from, '-') : Instants.shortDay(s, from);
    if (second < 0 || day < 0) {
      return false;
    }
    time = Instants.pack(day + second, 0);
    local = true;
    int body = end + 1;
    return dayLength == LONG_DAY ? longBody(s, body, to) : shortBody(s, body, to);
  }

  private boolean longBody(byte[] s, int body, int to) {
    return labelBehindThread(s, body, to)
        || label(s, body, to)
        || script(s, body, to)
        || innodbBehindThread(s, body, to);
  }

  private boolean shortBody(byte[] s, int body, int to) {
    if (label(s, body, to) || script(s, body, to)) {
      return true;
    }
    int at = Ascii.skipSpaces(s, body, to);
    return innodb(s, at, to)
        || crash(OLD_CRASH, s, at, to)
        || starts(XTRADB, s, at, to)
        || starts(STARTED, s, at, to)
        || starts(RESTARTED, s, at, to)
        || starts(ENDED, s, at, to);
  }

  private boolean labelBehindThread(byte[] s, int from, int to) {
    int end = Digits.end(s, from, to);
    if (end == from || end + 1 >= to || s[end] != ' ' || !label(s, end + 1, to)) {
      return false;
    }
    threadFrom = from;
    threadTo = end;
    return true;
  }

  private boolean label(byte[] s, int from, int to) {
    if (s[from] != '[') {
      return false;
    }
    int end = from + 1;
    while (end < to && s[end] != ']' && s[end] != '\n') {
      end++;
    }
    if (end == to || s[end] == '\n') {
      return false;
    }
    labelled = true;
    severity = ServerLabel.level(s, from + 1, end);
    message = end + 1 < to && s[end + 1] == ' ' ? end + 2 : end + 1;
    return true;
  }

  private boolean script(byte[] s, int from, int to) {
    return starts(SAFE, s, from, to) || starts(NEW_SAFE, s, from, to);
  }

  private boolean starts(byte[] wanted, byte[] s, int from, int to) {
    message = from;
    return Ascii.startsWith(s, from, to, wanted);
  }

  private boolean crash(byte[] wanted, byte[] s, int from, int to) {
    severity = Severity.FATAL;
    return starts(wanted, s, from, to);
  }

  private boolean innodbBehindThread(byte[] s, int from, int to) {
    boolean prefixed = from + 1 < to && s[from] == '0' && s[from + 1] == 'x';
    int end = prefixed ? from + 2 : from;
    while (end < to && isHex(s[end])) {
      end++;
    }
    int at = Ascii.skipSpaces(s, end, to);
    if (end == from || at == end || !innodb(s, at, to)) {
      return false;
    }
    threadFrom = from;
    threadTo = end;
    return true;
  }

  private static boolean isHex(byte b) {
    return Digits.isDigit(b) || (b >= 'a' && b <= 'f');
  }

  private boolean innodb(byte[] s, int from, int to) {
    severity = Severity.INFO;
    if (!starts(INNODB, s, from, to)) {
      return false;
    }
    int told = from + INNODB.length;
    if (Ascii.startsWith(s, told, to, ASSERTION) || Ascii.startsWith(s, told, to, FATAL)) {
      severity = Severity.FATAL;
    } else if (Ascii.startsWith(s, told, to, ERROR)) {
      severity = Severity.ERROR;
    } else if (Ascii.startsWith(s, told, to, WARNING)) {
      severity = Severity.WARN;
    }
    return true;
  }

  /** Packed; of a local time, as if it were UTC; NONE if the day is not told. */
  long time() {
    return time;
  }

  /** Whether the time carries no zone. */
  public boolean isLocal() {
    return local;
  }

  /** Seconds of the day, in UTC, where that is all there is; else -1. */
  int timeOfDay() {
    return timeOfDay;
  }

  int threadFrom() {
    return threadFrom;
  }

  /** Where the thread ends; where it begins if it is not told. */
  int threadTo() {
    return threadTo;
  }

  boolean isLabelled() {
    return labelled;
  }

  Severity severity() {
    return severity;
  }

  int message() {
    return message;
  }
}
