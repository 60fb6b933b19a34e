package io.nsqlops.backup.model;

/** Patterns with {@code *} for any text and {@code ?} for one character. */
final class Wildcard {
  private Wildcard() {}

  /** Whether a pattern fits the whole of a text. Quick: there may be many of both. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1; // the last one seen,
    int behind = 0; // and where the text it stands for ends
    while (t < text.length()) {
      char c = p < pattern.length() ? pattern.charAt(p) : 0;
      if (c == '*') {
        star = p++;
        behind = t;
      } else if (c == '?') {
        p++;
        t = text.offsetByCodePoints(t, 1);
      } else if (p < pattern.length() && c == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        behind = text.offsetByCodePoints(behind, 1);
        t = behind;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
