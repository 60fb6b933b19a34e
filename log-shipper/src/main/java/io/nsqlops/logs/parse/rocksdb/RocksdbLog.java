package io.nsqlops.logs.parse.rocksdb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.TextCursor;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * {@code [yyyy/MM/dd HH:mm:ss.SSS ±hh:mm][thread][LEVEL] message}, as TiKV writes it, or {@code
 * yyyy/MM/dd-HH:mm:ss.uuuuuu thread [LEVEL] message}, as RocksDB does itself: without a level if
 * that is INFO.
 */
public final class RocksdbLog implements LineFormat {
  private static final int TIME_LENGTH = 32;

  private final TextCursor cursor = new TextCursor();
  private final NativeHeader plain;

  /** Whether any line was RocksDB's own: TiKV's carry a zone. */
  private boolean local;

  /**
   * @param zone of times that carry none
   */
  public RocksdbLog(ZoneId zone) {
    plain = new NativeHeader(zone);
  }

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public String dataset() {
    return "tikv.rocksdb";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    if (time(text, from, to) != Instants.NONE) {
      return LineRole.STARTS;
    }
    if (plain.time(text, from, to) == Instants.NONE) {
      return LineRole.CONTINUES;
    }
    local = true;
    return LineRole.STARTS;
  }

  @Override
  public boolean timesLackZone() {
    return local;
  }

  private static long time(byte[] s, int from, int to) {
    boolean shaped =
        to - from > TIME_LENGTH
            && s[from] == '['
            && s[from + 31] == ']'
            && s[from + 32] == '['
            && s[from + 11] == ' '
            && s[from + 20] == '.'
            && s[from + 24] == ' ';
    if (!shaped) {
      return Instants.NONE;
    }
    long day = Instants.day(s, from + 1, '/');
    int time = Instants.time(s, from + 12);
    int millis = Digits.fixed(s, from + 21, 3);
    int offset = Instants.offset(s, from + 25);
    boolean valid = day >= 0 && time >= 0 && millis >= 0 && offset != Integer.MIN_VALUE;
    return valid ? Instants.shifted(day + time, offset, millis * 1_000_000) : Instants.NONE;
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    long local = plain.time(text, from, to);
    if (local != Instants.NONE) {
      parsePlain(local, text, from, to, document);
      return;
    }
    long time = time(text, from, to);
    if (time == Instants.NONE) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(Instants.second(time), Instants.nanos(time));
    cursor.over(text, from, to);
    cursor.moveTo(from + TIME_LENGTH);
    int thread = cursor.at() + 1;
    boolean threaded = cursor.skipBrackets();
    int afterThread = cursor.at();
    int level = afterThread + 1;
    Severity severity = null;
    if (threaded && cursor.skipBrackets()) {
      severity = severity(text, level, cursor.at() - 1);
    }
    if (severity == null) {
      document.text(EcsField.MESSAGE, text, from + TIME_LENGTH, to);
      return;
    }
    thread(text, thread, afterThread - 1, document);
    document.level(severity);
    cursor.skip(' ');
    document.text(EcsField.MESSAGE, text, cursor.at(), to);
  }

  private void parsePlain(long time, byte[] text, int from, int to, EcsDocument document) {
    document.timestamp(Instants.second(time), Instants.nanos(time));
    int threadEnd = NativeHeader.threadEnd(text, from, to);
    thread(text, NativeHeader.thread(from), threadEnd, document);
    cursor.over(text, from, to);
    int message = threadEnd + 1;
    cursor.moveTo(message);
    Severity severity = cursor.skipBrackets() ? severity(text, message + 1, cursor.at() - 1) : null;
    if (severity != null) {
      cursor.skip(' ');
      message = cursor.at();
    }
    document.level(severity == null ? Severity.INFO : severity);
    document.text(EcsField.MESSAGE, text, message, to);
  }

  private static void thread(byte[] s, int from, int to, EcsDocument document) {
    long number = Digits.number(s, from, to);
    if (number >= 0) {
      document.number(EcsField.THREAD_ID, number);
    } else {
      document.text(EcsField.THREAD_NAME, s, from, to);
    }
  }

  private static @Nullable Severity severity(byte[] s, int from, int to) {
    String level = new String(s, from, to - from, StandardCharsets.ISO_8859_1);
    return switch (level) {
      case "DEBUG" -> Severity.DEBUG;
      case "INFO", "HEADER" -> Severity.INFO;
      case "WARN" -> Severity.WARN;
      case "ERROR" -> Severity.ERROR;
      case "FATAL", "CRITICAL" -> Severity.FATAL;
      default -> null;
    };
  }
}
