package io.nsqlops.logs.parse.mysql;

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
import io.nsqlops.logs.parse.ServerLabel;
import io.nsqlops.logs.parse.TextCursor;

/**
 * {@code <RFC 3339 time> <thread> [Label] [MY-NNNNNN] [Subsystem] message}; versions before 8 print
 * neither code nor subsystem.
 *
 * <p>A crash is reported as {@code <time> UTC - mysqld got signal 11 ;}, once without the date, and
 * the script that starts the server writes {@code <time> mysqld_safe …}. Banners and stacks come
 * without a header.
 */
public final class MysqlErrorLog implements LineFormat {
  static final EcsField SUBSYSTEM = new EcsField("mysql.subsystem");
  private static final int TIME_LIMIT = 40;
  private static final byte[] CRASH = Ascii.bytes("UTC - mysqld got ");
  private static final byte[] SAFE = Ascii.bytes("mysqld_safe ");
  private static final int TIME_OF_DAY = 9;

  private final TextCursor cursor = new TextCursor();

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public String dataset() {
    return "mysql.error";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    if (MysqlJson.recognises(text, from, to)) {
      return LineRole.ALONE;
    }
    return isHeader(text, from, to) || EntrypointLine.is(text, from, to)
        ? LineRole.STARTS
        : LineRole.CONTINUES;
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    return MysqlJson.recognises(text, from, to)
        || isHeader(text, from, to)
        || EntrypointLine.names(text, from, to, false);
  }

  private boolean isHeader(byte[] text, int from, int to) {
    return crash(text, from, to) >= 0
        || (time(text, from, to) != Instants.NONE
            && (header(text, from, to) || safe(text, from, to) >= 0));
  }

  /** Where the report of a crash begins, behind its time; -1 if this is none. */
  private static int crash(byte[] text, int from, int to) {
    int time = Ascii.indexOf(text, from, Math.min(to, from + TIME_LIMIT), ' ') + 1;
    boolean timed =
        time > 0
            && Ascii.startsWith(text, time, to, CRASH)
            && (time(text, from, to) != Instants.NONE
                || (time - from == TIME_OF_DAY && Instants.time(text, from) >= 0));
    return timed ? time : -1;
  }

  /** Where the name of the script that starts the server is; -1 if it did not write this. */
  private static int safe(byte[] text, int from, int to) {
    int name = Ascii.indexOf(text, from, Math.min(to, from + TIME_LIMIT), ' ') + 1;
    return name > 0 && Ascii.startsWith(text, name, to, SAFE) ? name : -1;
  }

  /** Moves the cursor behind {@code time thread} and the space, to the label. */
  private boolean header(byte[] text, int from, int to) {
    cursor.over(text, from, to);
    return cursor.find(' ') >= 0
        && cursor.skip(' ')
        && cursor.skipDigits() > 0
        && cursor.skip(' ')
        && cursor.peek() == '[';
  }

  private static long time(byte[] text, int from, int to) {
    int limit = Math.min(to, from + TIME_LIMIT);
    int end = from;
    while (end < limit && text[end] != ' ') {
      end++;
    }
    return Instants.rfc3339(text, from, end);
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (MysqlJson.recognises(text, from, to)) {
      MysqlJson.parse(text, from, to, document);
      return;
    }
    if (EntrypointLine.is(text, from, to)) {
      EntrypointLine.parse(text, from, to, document);
      return;
    }
    long time = time(text, from, to);
    int untold = Math.max(crash(text, from, to), safe(text, from, to));
    if (untold >= 0) {
      withoutLabel(text, from, untold, to, document);
      return;
    }
    if (time == Instants.NONE || !header(text, from, to)) {
      Degraded.whole(text, from, to, document);
      return;
    }
    int label = cursor.at();
    int labelEnd = cursor.find(']');
    if (labelEnd < 0) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(Instants.second(time), Instants.nanos(time));
    document.level(ServerLabel.level(text, label + 1, labelEnd));
    int thread = label - 1;
    while (Digits.isDigit(text[thread - 1])) {
      thread--;
    }
    document.text(EcsField.THREAD_ID, text, thread, label - 1);
    cursor.moveTo(labelEnd + 1);
    cursor.skip(' ');
    if (isCode(text, to)) {
      codeAndSubsystem(text, document);
    }
    document.text(EcsField.MESSAGE, text, cursor.at(), to);
  }

  private static void withoutLabel(byte[] text, int from, int body, int to, EcsDocument document) {
    long time = time(text, from, to);
    if (time != Instants.NONE) {
      document.timestamp(Instants.second(time), Instants.nanos(time));
    }
    boolean crash = crash(text, from, to) >= 0;
    document.level(crash ? Severity.FATAL : Severity.INFO);
    document.text(EcsField.MESSAGE, text, time == Instants.NONE ? from : body, to);
  }

  /** Whether {@code [MY-NNNNNN] [Subsystem] } comes next: the message itself may be in brackets. */
  private boolean isCode(byte[] text, int to) {
    int at = cursor.at();
    return at + 13 < to
        && text[at] == '['
        && text[at + 1] == 'M'
        && text[at + 2] == 'Y'
        && text[at + 3] == '-'
        && Digits.end(text, at + 4, at + 10) == at + 10
        && text[at + 10] == ']'
        && text[at + 11] == ' '
        && text[at + 12] == '[';
  }

  private void codeAndSubsystem(byte[] text, EcsDocument document) {
    int code = cursor.at() + 1;
    document.text(EcsField.ERROR_CODE, text, code, code + 9);
    int subsystem = code + 12;
    cursor.moveTo(subsystem);
    int end = cursor.find(']');
    if (end < 0) {
      cursor.moveTo(subsystem - 1);
      return;
    }
    document.text(SUBSYSTEM, text, subsystem, end);
    cursor.skip(']');
    cursor.skip(' ');
  }
}
