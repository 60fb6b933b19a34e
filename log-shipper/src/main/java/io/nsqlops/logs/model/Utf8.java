package io.nsqlops.logs.model;

/** Recognises well-formed UTF-8, so that nothing Elasticsearch would refuse is ever written. */
public final class Utf8 {
  private Utf8() {}

  /** Whether a byte order mark is here, which some programs begin a file with. */
  public static boolean hasMark(byte[] s, int from, int to) {
    return to - from >= 3
        && s[from] == (byte) 0xef
        && s[from + 1] == (byte) 0xbb
        && s[from + 2] == (byte) 0xbf;
  }

  /** Length of the well-formed multi-byte sequence at {@code i}, or 0 if there is none. */
  static int sequenceLength(byte[] s, int i, int to) {
    int lead = s[i] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return i + 1 < to && isTail(s[i + 1]) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      if (i + 2 >= to || !isTail(s[i + 1]) || !isTail(s[i + 2])) {
        return 0;
      }
      int second = s[i + 1] & 0xff;
      boolean overlong = lead == 0xe0 && second < 0xa0;
      boolean surrogate = lead == 0xed && second > 0x9f;
      return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      if (i + 3 >= to || !isTail(s[i + 1]) || !isTail(s[i + 2]) || !isTail(s[i + 3])) {
        return 0;
      }
      int second = s[i + 1] & 0xff;
      boolean overlong = lead == 0xf0 && second < 0x90;
      boolean beyond = lead == 0xf4 && second > 0x8f;
      return overlong || beyond ? 0 : 4;
    }
    return 0;
  }

  /**
   * The largest cut at or before {@code to} that does not fall inside a character. Falls back to
   * {@code to} where the bytes are not UTF-8.
   */
  public static int cut(byte[] s, int from, int to) {
    for (int back = 1; back <= 3 && to - back > from; back++) {
      int b = s[to - back] & 0xff;
      if (b < 0x80) {
        return to;
      }
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return length > back ? to - back : to;
      }
    }
    return to;
  }

  private static boolean isTail(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
