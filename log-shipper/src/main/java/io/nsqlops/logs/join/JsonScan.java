package io.nsqlops.logs.join;

/** Finds the ends of what JSON is made of, without taking it in. Positions; -1 if it is broken. */
final class JsonScan {
  private JsonScan() {}

  static boolean is(byte[] s, int at, int to, char c) {
    return at >= 0 && at < to && s[at] == c;
  }

  /** The first position that is no white space, or {@code to}. */
  static int space(byte[] s, int from, int to) {
    int i = from;
    while (i < to && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r')) {
      i++;
    }
    return i;
  }

  /** Behind the string that begins here. */
  static int string(byte[] s, int from, int to) {
    if (!is(s, from, to, '"')) {
      return -1;
    }
    for (int i = from + 1; i < to; i++) {
      if (s[i] == '"') {
        return i + 1;
      }
      if (s[i] == '\\') {
        i++;
      }
    }
    return -1;
  }

  /** Behind the value that begins here: braces and strings are matched, nothing else is checked. */
  static int value(byte[] s, int from, int to) {
    int depth = 0;
    int i = from;
    while (i >= 0 && i < to) {
      byte b = s[i];
      if (b == '"') {
        i = string(s, i, to);
      } else if (b == '{' || b == '[') {
        depth++;
        i++;
      } else if (depth > 0 && (b == '}' || b == ']')) {
        depth--;
        i++;
      } else if (depth > 0 || isScalar(b)) {
        i++;
      } else {
        return -1;
      }
      if (i > 0 && depth == 0 && (i == to || !isScalar(s[i]))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isScalar(byte b) {
    boolean letter = (b >= 'a' && b <= 'z') || b == 'E';
    return letter || (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.';
  }
}
