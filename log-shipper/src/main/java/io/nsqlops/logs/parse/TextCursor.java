package io.nsqlops.logs.parse;

/** A position in a text that formats move through token by token. Never moves past the end. */
public final class TextCursor {
  private byte[] text = new byte[0];
  private int at;
  private int end;

  /** Starts at the beginning of a text. */
  public void over(byte[] source, int from, int to) {
    text = source;
    at = from;
    end = to;
  }

  public int at() {
    return at;
  }

  public void moveTo(int position) {
    at = Math.min(position, end);
  }

  public boolean atEnd() {
    return at >= end;
  }

  /** The byte here, or -1 at the end. */
  public int peek() {
    return at < end ? text[at] & 0xff : -1;
  }

  /** Moves past this character if it is here. */
  public boolean skip(char c) {
    if (at < end && text[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Moves past these characters if they are here. */
  public boolean skip(byte[] wanted) {
    if (end - at < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    at += wanted.length;
    return true;
  }

  /** Moves to the next such character and returns its position; -1, without moving, if none. */
  public int find(char c) {
    for (int i = at; i < end; i++) {
      if (text[i] == c) {
        at = i;
        return i;
      }
    }
    return -1;
  }

  /** Moves past digits; how many there were. */
  public int skipDigits() {
    int from = at;
    at = Digits.end(text, at, end);
    return at - from;
  }

  /** Moves past spaces; how many there were. */
  public int skipSpaces() {
    int from = at;
    while (at < end && text[at] == ' ') {
      at++;
    }
    return at - from;
  }

  /**
   * Moves past a balanced pair of brackets and all between.
   *
   * @return whether there was one
   */
  public boolean skipBrackets() {
    if (peek() != '[') {
      return false;
    }
    int depth = 0;
    for (int i = at; i < end; i++) {
      if (text[i] == '[') {
        depth++;
      } else if (text[i] == ']' && --depth == 0) {
        at = i + 1;
        return true;
      }
    }
    return false;
  }
}
