package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;

/**
 * What a server that dies prints: {@code CRASH ERROR!!! sig=N, …, timestamp=<µs>, tid=N,
 * tname=NAME, trace_id=N-N, …, lbt=<addresses>}. All of it is the message, too.
 */
final class CrashLine {
  private static final byte[] CRASH = Ascii.bytes("CRASH ERROR!!! ");
  private static final byte[] TIMESTAMP = Ascii.bytes(" timestamp=");
  private static final byte[] THREAD = Ascii.bytes(" tid=");
  private static final byte[] THREAD_NAME = Ascii.bytes(" tname=");
  private static final byte[] TRACE = Ascii.bytes(" trace_id=");
  private static final int MICROS = 1_000_000;

  private CrashLine() {}

  static boolean is(byte[] s, int from, int to) {
    return Ascii.startsWith(s, from, to, CRASH);
  }

  /** Writes the fields of a line that is one. */
  static void parse(byte[] s, int from, int to, EcsDocument document) {
    int end = Ascii.lineEnd(s, from, to);
    int time = value(TIMESTAMP, s, from, end);
    long micros = Digits.number(s, time, valueEnd(s, time, end));
    if (micros >= 0 && micros / MICROS <= Instants.MAX_SECOND) {
      document.timestamp(micros / MICROS, (int) (micros % MICROS) * 1000);
    }
    document.level(Severity.FATAL);
    int thread = value(THREAD, s, from, end);
    long id = Digits.number(s, thread, valueEnd(s, thread, end));
    if (id >= 0) {
      document.number(EcsField.THREAD_ID, id);
    }
    text(EcsField.THREAD_NAME, THREAD_NAME, s, from, end, document);
    text(EcsField.TRACE_ID, TRACE, s, from, end, document);
    text(ThreadGroups.TRACE, TRACE, s, from, end, document);
    document.text(EcsField.MESSAGE, s, from, to);
  }

  private static void text(
      EcsField field, byte[] key, byte[] s, int from, int to, EcsDocument document) {
    int value = value(key, s, from, to);
    int end = valueEnd(s, value, to);
    if (value < end) {
      document.text(field, s, value, end);
    }
  }

  /** Where the value of a key begins; at the end if it is not there. */
  private static int value(byte[] key, byte[] s, int from, int to) {
    int at = Ascii.indexOf(s, from, to, key);
    return at < 0 ? to : at + key.length;
  }

  private static int valueEnd(byte[] s, int from, int to) {
    int comma = Ascii.indexOf(s, from, to, ',');
    return comma < 0 ? to : comma;
  }
}
