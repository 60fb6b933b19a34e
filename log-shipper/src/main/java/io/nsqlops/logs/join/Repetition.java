package io.nsqlops.logs.join;

import java.util.Arrays;

/**
 * Tells whether two texts are the same but for numbers, times and ids: words with a digit in them
 * are taken for equal. Pure; makes no object.
 */
public final class Repetition {
  private Repetition() {}

  /**
   * Whether the text {@code [bFrom, bTo)} of {@code b} repeats {@code [aFrom, aTo)} of {@code a}.
   */
  public static boolean isOf(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo && j < bTo) {
      int iEnd = word(a, i, aTo);
      int jEnd = word(b, j, bTo);
      if (iEnd == i && jEnd == j) {
        if (a[i++] != b[j++]) {
          return false;
        }
        continue;
      }
      boolean numbered = hasDigit(a, i, iEnd) && hasDigit(b, j, jEnd);
      if (!numbered && !Arrays.equals(a, i, iEnd, b, j, jEnd)) {
        return false;
      }
      i = iEnd;
      j = jEnd;
    }
    return i == aTo && j == bTo;
  }

  /** The end of the letters and digits that begin here; a point between digits is one of them. */
  private static int word(byte[] s, int from, int to) {
    int i = from;
    while (i < to && (isLetter(s[i]) || isDigit(s[i]) || isPoint(s, i, from, to))) {
      i++;
    }
    return i;
  }

  private static boolean isPoint(byte[] s, int i, int from, int to) {
    return s[i] == '.' && i > from && i + 1 < to && isDigit(s[i - 1]) && isDigit(s[i + 1]);
  }

  private static boolean hasDigit(byte[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isDigit(s[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
