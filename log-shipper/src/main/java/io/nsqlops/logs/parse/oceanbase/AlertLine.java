package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;

/**
 * A line of alert.log: {@code
 * time|LEVEL|MOD|event|errcode|tenant|tid|thread|trace|function|file:line|"message"}.
 */
final class AlertLine {
  private static final EcsField MODULE = new EcsField("oceanbase.module");
  private static final EcsField TENANT = new EcsField("oceanbase.tenant_id");
  private static final int COLUMNS = 12;

  private final OceanbaseTime time;
  private final int[] starts = new int[COLUMNS + 1];

  AlertLine(OceanbaseTime time) {
    this.time = time;
  }

  static boolean isAlert(byte[] s, int from, int to) {
    int end = from + OceanbaseTime.LENGTH;
    return end < to && s[end] == '|' && OceanbaseTime.isAt(s, from, to);
  }

  void parse(byte[] s, int from, int to, EcsDocument document) {
    long instant = time.read(s, from);
    OceanbaseLevel level = OceanbaseLevel.at(s, from + OceanbaseTime.LENGTH + 1, to);
    if (instant == Instants.NONE || level == null || !columns(s, from, to)) {
      Degraded.whole(s, from, to, document);
      return;
    }
    document.timestamp(Instants.second(instant), Instants.nanos(instant));
    document.level(level.severity());
    text(MODULE, s, 2, document);
    text(EcsField.EVENT_ACTION, s, 3, document);
    if (end(4) - starts[4] != 1 || s[starts[4]] != '0') {
      text(EcsField.ERROR_CODE, s, 4, document);
    }
    number(TENANT, s, 5, document);
    number(EcsField.THREAD_ID, s, 6, document);
    text(EcsField.THREAD_NAME, s, 7, document);
    text(EcsField.TRACE_ID, s, 8, document);
    text(ThreadGroups.TRACE, s, 8, document);
    text(EcsField.ORIGIN_FUNCTION, s, 9, document);
    OceanbaseLog.origin(s, starts[10], end(10), document);
    int message = starts[11];
    boolean quoted = to - message >= 2 && s[message] == '"' && s[to - 1] == '"';
    document.text(EcsField.MESSAGE, s, quoted ? message + 1 : message, quoted ? to - 1 : to);
  }

  /** Finds the columns; the last may contain bars itself. */
  private boolean columns(byte[] s, int from, int to) {
    int column = 1;
    starts[0] = from;
    for (int i = from; i < to && column < COLUMNS; i++) {
      if (s[i] == '|') {
        starts[column++] = i + 1;
      }
    }
    starts[COLUMNS] = to + 1;
    return column == COLUMNS;
  }

  private int end(int column) {
    return starts[column + 1] - 1;
  }

  private void text(EcsField field, byte[] s, int column, EcsDocument document) {
    if (end(column) > starts[column]) {
      document.text(field, s, starts[column], end(column));
    }
  }

  private void number(EcsField field, byte[] s, int column, EcsDocument document) {
    long value = Digits.number(s, starts[column], end(column));
    if (value >= 0) {
      document.number(field, value);
    }
  }
}
