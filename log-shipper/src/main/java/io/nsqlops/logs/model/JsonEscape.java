package io.nsqlops.logs.model;

/** Recognises escape sequences inside JSON strings. */
final class JsonEscape {
  private JsonEscape() {}

  /**
   * Length of the valid escape at {@code i} (a backslash), or 0. A surrogate counts only as a whole
   * pair: half of one is no character.
   */
  static int length(byte[] s, int i, int to) {
    if (i + 1 >= to) {
      return 0;
    }
    return switch (s[i + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> unicode(s, i, to);
      default -> 0;
    };
  }

  private static int unicode(byte[] s, int i, int to) {
    int first = codeUnit(s, i, to);
    if (first < 0 || Character.isLowSurrogate((char) first)) {
      return 0;
    }
    if (!Character.isHighSurrogate((char) first)) {
      return 6;
    }
    int second = i + 6 < to && s[i + 6] == '\\' ? codeUnit(s, i + 6, to) : -1;
    return second >= 0 && Character.isLowSurrogate((char) second) ? 12 : 0;
  }

  private static int codeUnit(byte[] s, int i, int to) {
    if (i + 5 >= to || s[i + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int k = i + 2; k < i + 6; k++) {
      int digit = Character.digit(s[k], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
