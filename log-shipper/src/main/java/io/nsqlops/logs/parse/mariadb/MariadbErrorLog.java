package io.nsqlops.logs.parse.mariadb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/**
 * {@code yyyy-MM-dd H:mm:ss <thread> [Label] message}: the hour is padded with a space, the time is
 * local, and crash reports and banners come without a header.
 *
 * <p>The lines of the container image's entry point ({@code yyyy-MM-dd HH:mm:ss±hh:mm [Label]
 * [Entrypoint]: message}) are understood too.
 */
public final class MariadbErrorLog implements LineFormat {
  private static final int TIME_LENGTH = 19;

  private final LocalClock clock;

  public MariadbErrorLog(ZoneId zone) {
    clock = new LocalClock(zone);
  }

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String dataset() {
    return "mariadb.error";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return headerEnd(text, from, to) < 0 ? LineRole.CONTINUES : LineRole.STARTS;
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    int label = headerEnd(text, from, to);
    long time = label < 0 ? Instants.NONE : time(text, from, zoneEnd(text, from, to));
    int labelEnd = label < 0 ? -1 : indexOf(text, ']', label, to);
    if (time == Instants.NONE || labelEnd < 0) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(Instants.second(time), Instants.nanos(time));
    document.level(level(text, label + 1, labelEnd));
    int afterTime = zoneEnd(text, from, to) + 1;
    if (afterTime < label) {
      document.text(EcsField.THREAD_ID, text, afterTime, label - 1);
    }
    int message = labelEnd + 1 < to && text[labelEnd + 1] == ' ' ? labelEnd + 2 : labelEnd + 1;
    document.text(EcsField.MESSAGE, text, message, to);
  }

  /** Position of the bracket that opens the label, or -1 if this is no header. */
  private static int headerEnd(byte[] s, int from, int to) {
    if (to - from < TIME_LENGTH + 4 || Instants.day(s, from, '-') < 0 || timeOfDay(s, from) < 0) {
      return -1;
    }
    int at = zoneEnd(s, from, to);
    if (at + 1 >= to || s[at] != ' ') {
      return -1;
    }
    int thread = at + 1;
    int threadEnd = Digits.end(s, thread, to);
    if (threadEnd > thread) {
      return threadEnd + 1 < to && s[threadEnd] == ' ' && s[threadEnd + 1] == '['
          ? threadEnd + 1
          : -1;
    }
    return s[thread] == '[' ? thread : -1;
  }

  private static int zoneEnd(byte[] s, int from, int to) {
    int at = from + TIME_LENGTH;
    boolean zone = at + 6 < to && Instants.offset(s, at) != Integer.MIN_VALUE;
    return zone ? at + 6 : at;
  }

  private static int timeOfDay(byte[] s, int from) {
    if (s[from + 10] != ' ') {
      return -1;
    }
    if (s[from + 11] != ' ') {
      return Instants.time(s, from + 11);
    }
    int hour = Digits.fixed(s, from + 12, 1);
    int minute = Digits.fixed(s, from + 14, 2);
    int second = Digits.fixed(s, from + 17, 2);
    boolean valid = hour >= 0 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    return valid && s[from + 13] == ':' && s[from + 16] == ':'
        ? hour * 3600 + minute * 60 + second
        : -1;
  }

  private long time(byte[] s, int from, int zoneEnd) {
    long local = Instants.day(s, from, '-') + timeOfDay(s, from);
    if (zoneEnd > from + TIME_LENGTH) {
      return Instants.shifted(local, Instants.offset(s, from + TIME_LENGTH), 0);
    }
    long utc = clock.utcSecond(local);
    return utc < 0 ? Instants.NONE : Instants.pack(utc, 0);
  }

  private static Severity level(byte[] s, int from, int to) {
    if (from == to) {
      return Severity.INFO;
    }
    return switch (s[from]) {
      case 'E', 'e' -> Severity.ERROR;
      case 'W', 'w' -> Severity.WARN;
      default -> Severity.INFO;
    };
  }

  private static int indexOf(byte[] s, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
