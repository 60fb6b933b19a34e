package io.nsqlops.logs.parse.mysql;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.TextCursor;

/**
 * {@code <RFC 3339 time> <thread> [Label] [MY-NNNNNN] [Subsystem] message}; versions before 8 print
 * neither code nor subsystem.
 */
public final class MysqlErrorLog implements LineFormat {
  static final EcsField SUBSYSTEM = new EcsField("mysql.subsystem");
  private static final int TIME_LIMIT = 40;

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
    return time(text, from, to) == Instants.NONE || !header(text, from, to)
        ? LineRole.CONTINUES
        : LineRole.STARTS;
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
    long time = time(text, from, to);
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
    document.level(level(text[label + 1]));
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

  static Severity level(byte first) {
    return switch (first) {
      case 'E', 'e' -> Severity.ERROR;
      case 'W', 'w' -> Severity.WARN;
      default -> Severity.INFO;
    };
  }
}
