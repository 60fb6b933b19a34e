package io.nsqlops.logs.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Places in a text. */
public final class Ascii {
  private Ascii() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public static boolean startsWith(byte[] s, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(s, from, from + prefix.length, prefix, 0, prefix.length);
  }

  public static boolean endsWith(byte[] s, int from, int to, byte[] suffix) {
    return to - from >= suffix.length && startsWith(s, to - suffix.length, to, suffix);
  }

  /** Where the first such byte is, or -1. */
  public static int indexOf(byte[] s, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (s[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Where these bytes begin first, or -1. */
  public static int indexOf(byte[] s, int from, int to, byte[] wanted) {
    for (int i = from; i + wanted.length <= to; i++) {
      if (s[i] == wanted[0] && startsWith(s, i, to, wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** The end of the line that begins at {@code from}. */
  public static int lineEnd(byte[] s, int from, int to) {
    int end = indexOf(s, from, to, '\n');
    return end < 0 ? to : end;
  }

  /** The first position at or after {@code from} that holds no space. */
  public static int skipSpaces(byte[] s, int from, int to) {
    int at = from;
    while (at < to && s[at] == ' ') {
      at++;
    }
    return at;
  }
}
