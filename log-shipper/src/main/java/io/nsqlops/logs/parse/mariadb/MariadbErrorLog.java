package io.nsqlops.logs.parse.mariadb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.EntrypointLine;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.LocalClock;
import io.nsqlops.logs.parse.ServerLabel;
import java.time.ZoneId;

/**
 * {@code yyyy-MM-dd H:mm:ss <thread> [Label] message}: the hour is padded with a space and the time
 * is local.
 *
 * <p>A crash is reported as {@code yyMMdd H:mm:ss [ERROR] …}, and the script that starts the server
 * writes {@code yyMMdd HH:mm:ss mysqld_safe …}. Banners and stacks come without a header.
 */
public final class MariadbErrorLog implements LineFormat {
  private static final int DAY = 10;
  private static final int SHORT_DAY = 6;
  private static final int TIME_OF_DAY = 8;
  private static final byte[] SAFE = Ascii.bytes("mysqld_safe ");
  private static final byte[] NEW_SAFE = Ascii.bytes("mariadbd-safe ");

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
    boolean starts = bodyStart(text, from, to) >= 0 || EntrypointLine.is(text, from, to);
    return starts ? LineRole.STARTS : LineRole.CONTINUES;
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return bodyStart(text, from, to) >= 0 || EntrypointLine.names(text, from, to, true);
  }

  @Override
  public boolean timesLackZone() {
    return true;
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (EntrypointLine.is(text, from, to)) {
      EntrypointLine.parse(text, from, to, document);
      return;
    }
    int body = bodyStart(text, from, to);
    int afterTime = from + timeLength(text, from, to) + 1;
    long utc = body < 0 ? -1 : clock.utcSecond(localTime(text, from, to));
    if (utc < 0) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(utc, 0);
    int labelEnd = text[body] == '[' ? Ascii.indexOf(text, body, to, ']') : -1;
    if (labelEnd < 0) {
      document.level(Severity.INFO);
      document.text(EcsField.MESSAGE, text, body, to);
      return;
    }
    document.level(ServerLabel.level(text, body + 1, labelEnd));
    if (afterTime < body) {
      document.text(EcsField.THREAD_ID, text, afterTime, body - 1);
    }
    int message = labelEnd + 1 < to && text[labelEnd + 1] == ' ' ? labelEnd + 2 : labelEnd + 1;
    document.text(EcsField.MESSAGE, text, message, to);
  }

  /** Where the label, or the name of the script, begins; -1 if this is no header. */
  private static int bodyStart(byte[] s, int from, int to) {
    int length = timeLength(s, from, to);
    int at = from + length;
    if (length == 0 || at + 2 >= to || s[at] != ' ' || localTime(s, from, to) < 0) {
      return -1;
    }
    int body = at + 1;
    int threadEnd = Digits.end(s, body, to);
    boolean threaded = threadEnd > body && threadEnd + 1 < to && s[threadEnd] == ' ';
    if (threaded && length > SHORT_DAY + 1 + TIME_OF_DAY) {
      body = threadEnd + 1;
    }
    boolean told =
        labelled(s, body, to)
            || Ascii.startsWith(s, body, to, SAFE)
            || Ascii.startsWith(s, body, to, NEW_SAFE);
    return told ? body : -1;
  }

  private static boolean labelled(byte[] s, int from, int to) {
    return s[from] == '[' && Ascii.indexOf(s, from, Ascii.lineEnd(s, from, to), ']') > 0;
  }

  private static int timeLength(byte[] s, int from, int to) {
    int day = from + 4 < to && s[from + 4] == '-' ? DAY : SHORT_DAY;
    return to - from < day + 1 + TIME_OF_DAY || s[from + day] != ' ' ? 0 : day + 1 + TIME_OF_DAY;
  }

  /** Seconds since 1970 as if the time were UTC, or -1. */
  private static long localTime(byte[] s, int from, int to) {
    int length = timeLength(s, from, to);
    if (length == 0) {
      return -1;
    }
    int time = Instants.paddedTime(s, from + length - TIME_OF_DAY);
    long day =
        length - 1 - TIME_OF_DAY == DAY ? Instants.day(s, from, '-') : Instants.shortDay(s, from);
    return time < 0 || day < 0 ? -1 : day + time;
  }
}
