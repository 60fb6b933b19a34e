package io.nsqlops.logs.parse;

/** Decimal numbers in ASCII. */
public final class Digits {
  private Digits() {}

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The number two digits make, or -1. */
  public static int two(byte[] s, int from) {
    int tens = s[from] - '0';
    int ones = s[from + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
  }

  /** The number made of exactly these {@code count} digits (at most 9), or -1. */
  public static int fixed(byte[] s, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = s[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** First position at or after {@code from} that holds no digit. */
  public static int end(byte[] s, int from, int to) {
    int i = from;
    while (i < to && isDigit(s[i])) {
      i++;
    }
    return i;
  }

  /** The number these digits make, or -1 if it does not fit or they are none. */
  public static long number(byte[] s, int from, int to) {
    if (from >= to || to - from > 18 || end(s, from, to) != to) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (s[i] - '0');
    }
    return value;
  }
}
