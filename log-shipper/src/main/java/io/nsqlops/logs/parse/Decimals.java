package io.nsqlops.logs.parse;

/** Decimal numbers as JSON writes them. */
public final class Decimals {
  private Decimals() {}

  /** Whether these bytes are a number in JSON: no leading zero, no NaN, no plus sign. */
  public static boolean isJsonNumber(byte[] s, int from, int to) {
    int at = from < to && s[from] == '-' ? from + 1 : from;
    int end = Digits.end(s, at, to);
    if (end == at || (s[at] == '0' && end > at + 1)) {
      return false;
    }
    at = end;
    if (at < to && s[at] == '.') {
      end = Digits.end(s, at + 1, to);
      if (end == at + 1) {
        return false;
      }
      at = end;
    }
    if (at < to && (s[at] == 'e' || s[at] == 'E')) {
      at++;
      if (at < to && (s[at] == '+' || s[at] == '-')) {
        at++;
      }
      end = Digits.end(s, at, to);
      if (end == at) {
        return false;
      }
      at = end;
    }
    return at == to;
  }
}
