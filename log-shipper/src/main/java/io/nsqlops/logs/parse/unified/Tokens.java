package io.nsqlops.logs.parse.unified;

/**
 * The sections {@code [message] [key=value] …} of one line, as positions of tokens.
 *
 * <p>A token is bare or a JSON string. The end of a JSON string can only be found by scanning it:
 * looking for brackets is wrong, values contain them. Scanning stops at the first malformed section
 * and tells where.
 */
final class Tokens {
  static final int MAX_PAIRS = 512;

  private final int[] starts = new int[2 * MAX_PAIRS + 1];
  private final int[] ends = new int[2 * MAX_PAIRS + 1];
  private final boolean[] quoted = new boolean[2 * MAX_PAIRS + 1];
  private int count;
  private int at;

  /**
   * Scans from the opening bracket of the message to the end of the line.
   *
   * @return {@code to} if everything was understood, else where the first malformed section begins
   */
  int scan(byte[] s, int from, int to) {
    count = 0;
    return from < to ? pairs(s, from, message(s, from, to), to) : to;
  }

  /** As {@link #scan}, where the message is printed as it is: what ends it is what follows. */
  int scanRaw(byte[] s, int from, int to) {
    count = 0;
    return from < to ? pairs(s, from, rawMessage(s, from, to), to) : to;
  }

  /** Scans the pairs behind a message that ends there, if it does. */
  private int pairs(byte[] s, int from, int messageEnd, int to) {
    int section = from;
    int end = messageEnd;
    while (section < to) {
      if (end < 0) {
        return section;
      }
      if (end == to) {
        return to;
      }
      if (s[end] != ' ') {
        return end;
      }
      section = end + 1;
      end = section < to ? pair(s, section, to) : to;
    }
    return to;
  }

  /** Pairs found so far. */
  int pairs() {
    return Math.max(0, (count - 1) / 2);
  }

  boolean hasMessage() {
    return count > 0;
  }

  /** Token 0 is the message, 1 and 2 are the first key and value, and so on. */
  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  boolean isQuoted(int token) {
    return quoted[token];
  }

  static int key(int pair) {
    return 2 * pair + 1;
  }

  static int value(int pair) {
    return 2 * pair + 2;
  }

  private int message(byte[] s, int from, int to) {
    if (s[from] != '[' || !token(s, from + 1, to, ']')) {
      return -1;
    }
    count = 1;
    return at + 1;
  }

  private int rawMessage(byte[] s, int from, int to) {
    if (s[from] != '[') {
      return -1;
    }
    for (int i = from + 1; i < to; i++) {
      boolean last = i + 1 == to || (s[i + 1] == ' ' && (i + 2 == to || s[i + 2] == '['));
      if (s[i] == ']' && last) {
        set(from + 1, i, false);
        count = 1;
        return i + 1;
      }
    }
    return -1;
  }

  private int pair(byte[] s, int from, int to) {
    if (from + 1 < to && s[from] == '[' && s[from + 1] == ']') {
      // What Go's logger makes of a field that is nothing, such as an error that is nil.
      return from + 2;
    }
    int before = count;
    if (s[from] != '[' || count + 2 > starts.length || !token(s, from + 1, to, '=')) {
      return -1;
    }
    count++;
    if (isKey(s, starts[before], ends[before]) && token(s, at + 1, to, ']')) {
      count++;
      return at + 1;
    }
    count = before;
    return -1;
  }

  /** Elasticsearch refuses documents with an empty key, or with a NUL in one. */
  private static boolean isKey(byte[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((s[i] < 0x20 && s[i] >= 0) || s[i] == '\\') {
        return false;
      }
    }
    return from < to;
  }

  /** Scans a token that must be followed by {@code terminator}; leaves {@link #at} on that. */
  private boolean token(byte[] s, int from, int to, char terminator) {
    if (from < to && s[from] == '"') {
      int end = stringEnd(s, from + 1, to);
      at = end + 1;
      set(from + 1, end, true);
      return end >= 0 && at < to && s[at] == terminator;
    }
    for (int i = from; i < to; i++) {
      byte b = s[i];
      if (b == terminator) {
        at = i;
        set(from, i, false);
        return true;
      }
      if (b == ']' || b == '"' || b == '[') {
        return false;
      }
    }
    return false;
  }

  private void set(int start, int end, boolean isQuoted) {
    starts[count] = start;
    ends[count] = end;
    quoted[count] = isQuoted;
  }

  private static int stringEnd(byte[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s[i] == '\\') {
        i++;
      } else if (s[i] == '"') {
        return i;
      }
    }
    return -1;
  }
}
