package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.TextCursor;

/**
 * The brackets {@code [tid][thread][C<cluster>][T<tenant>][<trace>]} that follow each other without
 * a space. Version 3 prints a number in place of the thread's name, and no tenant.
 */
final class ThreadGroups {
  private static final EcsField TENANT = new EcsField("oceanbase.tenant_id");
  private static final EcsField CLUSTER = new EcsField("oceanbase.cluster_id");
  static final EcsField TRACE = new EcsField("oceanbase.trace_id");

  void read(byte[] s, TextCursor cursor, int to, EcsDocument document) {
    int group = 0;
    boolean traced = false;
    boolean tenanted = false;
    boolean clustered = false;
    while (cursor.peek() == '[' && !traced) {
      int start = cursor.at() + 1;
      if (!cursor.skipBrackets()) {
        return;
      }
      int end = cursor.at() - 1;
      if (group == 0) {
        if (Digits.number(s, start, end) < 0) {
          cursor.moveTo(start - 1);
          return;
        }
        document.number(EcsField.THREAD_ID, Digits.number(s, start, end));
      } else if (group == 1 && end > start && s[start] != 'Y') {
        document.text(EcsField.THREAD_NAME, s, start, end);
      } else if (end > start && s[start] == 'Y') {
        document.text(EcsField.TRACE_ID, s, start, end);
        document.text(TRACE, s, start, end);
        traced = true;
      } else if (!tenanted && isNumbered('T', s, start, end)) {
        tenanted = true;
        document.number(TENANT, Digits.number(s, start + 1, end));
      } else if (!clustered && isNumbered('C', s, start, end)) {
        clustered = true;
        document.number(CLUSTER, Digits.number(s, start + 1, end));
      } else if (end > start) {
        cursor.moveTo(start - 1);
        return;
      }
      group++;
    }
  }

  private static boolean isNumbered(char letter, byte[] s, int from, int to) {
    return to > from && s[from] == letter && Digits.number(s, from + 1, to) >= 0;
  }
}
