package io.nsqlops.logs.parse.unified;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Digits;

/** The code an error begins with: {@code [kv:9007]Write conflict}. */
final class ErrorCode {
  private ErrorCode() {}

  /** Whether errors are the values of this key. */
  static boolean isKey(byte[] s, int from, int to) {
    int length = to - from;
    return (length == 3 || length == 5)
        && s[from] == 'e'
        && s[from + 1] == 'r'
        && s[from + 2] == 'r'
        && (length == 3 || (s[from + 3] == 'o' && s[from + 4] == 'r'));
  }

  /**
   * Writes the code of an error.
   *
   * @return whether it has one
   */
  static boolean write(byte[] s, int from, int to, EcsDocument document) {
    if (from >= to || s[from] != '[') {
      return false;
    }
    int end = from + 1;
    while (end < to && isPart(s[end])) {
      end++;
    }
    if (end == to || s[end] != ']' || end == from + 1) {
      return false;
    }
    document.text(EcsField.ERROR_CODE, s, from + 1, end);
    return true;
  }

  private static boolean isPart(byte b) {
    return Digits.isDigit(b)
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == ':'
        || b == '_'
        || b == '-'
        || b == '.';
  }
}
