package io.nsqlops.logs.parse;

/**
 * The control sequences by which a program colours what it writes to a terminal, {@code ESC [ 32 ;
 * 1 m}: some write them where there is none.
 */
public final class ColourSequence {
  private static final byte ESCAPE = 0x1b;

  private ColourSequence() {}

  /**
   * Behind those the text begins with; where it begins if it begins with none, or is nothing else.
   */
  public static int end(byte[] s, int from, int to) {
    // small enough to be inlined everywhere: no other line pays more than this
    return from < to && s[from] == ESCAPE ? behind(s, from, to) : from;
  }

  /** Where those begin that the text ends with; where it ends if it ends with none. */
  public static int start(byte[] s, int from, int to) {
    return from < to && s[to - 1] == 'm' ? before(s, from, to) : to;
  }

  private static int before(byte[] s, int from, int to) {
    int start = to;
    while (start > from && s[start - 1] == 'm') {
      int at = start - 2;
      while (at > from && (Digits.isDigit(s[at]) || s[at] == ';')) {
        at--;
      }
      if (at <= from || s[at] != '[' || s[at - 1] != ESCAPE) {
        break;
      }
      start = at - 1;
    }
    return start == from ? to : start;
  }

  private static int behind(byte[] s, int from, int to) {
    int end = from;
    while (end + 2 < to && s[end] == ESCAPE && s[end + 1] == '[') {
      int at = end + 2;
      while (at < to && (Digits.isDigit(s[at]) || s[at] == ';')) {
        at++;
      }
      if (at >= to || s[at] != 'm') {
        break;
      }
      end = at + 1;
    }
    return end == to ? from : end;
  }
}
