package io.nsqlops.logs.join;

import java.nio.charset.StandardCharsets;

/**
 * The text of a JSON string, its escapes undone, in a buffer that is used again. Half a surrogate
 * pair is no character: its escape stays as it is written.
 */
final class JsonString {
  private static final int KEEP = 256 * 1024;

  private byte[] bytes = new byte[1024];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Takes in the string that begins here; returns the position behind it, or -1. */
  int decode(byte[] s, int from, int to) {
    size = 0;
    if (!JsonScan.is(s, from, to, '"')) {
      return -1;
    }
    makeRoom(to - from);
    int i = from + 1;
    while (i < to) {
      int run = i;
      while (run < to && s[run] != '"' && s[run] != '\\') {
        run++;
      }
      System.arraycopy(s, i, bytes, size, run - i);
      size += run - i;
      if (run == to || s[run] == '"') {
        return run == to ? -1 : run + 1;
      }
      i = escape(s, run, to);
      if (i < 0) {
        return -1;
      }
    }
    return -1;
  }

  /** What is written is never longer than what it is written as. */
  private void makeRoom(int most) {
    if (bytes.length < most || bytes.length > Math.max(KEEP, most)) {
      bytes = new byte[Math.max(1024, most)];
    }
  }

  private int escape(byte[] s, int i, int to) {
    if (i + 1 >= to) {
      return -1;
    }
    int plain =
        switch (s[i + 1]) {
          case '"', '\\', '/' -> s[i + 1];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (plain >= 0) {
      bytes[size++] = (byte) plain;
      return i + 2;
    }
    int unit = s[i + 1] == 'u' ? codeUnit(s, i + 2, to) : -1;
    return unit < 0 ? -1 : unicode(s, i, to, unit);
  }

  private int unicode(byte[] s, int i, int to, int unit) {
    if (!Character.isSurrogate((char) unit)) {
      append(unit);
      return i + 6;
    }
    boolean pair = i + 7 < to && s[i + 6] == '\\' && s[i + 7] == 'u';
    int low = pair && Character.isHighSurrogate((char) unit) ? codeUnit(s, i + 8, to) : -1;
    if (low >= 0 && Character.isLowSurrogate((char) low)) {
      append(Character.toCodePoint((char) unit, (char) low));
      return i + 12;
    }
    System.arraycopy(s, i, bytes, size, 6);
    size += 6;
    return i + 6;
  }

  private static int codeUnit(byte[] s, int from, int to) {
    if (from + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int k = from; k < from + 4; k++) {
      int digit = s[k] < 0 ? -1 : Character.digit(s[k], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void append(int codePoint) {
    if (codePoint < 0x80) {
      bytes[size++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      bytes[size++] = (byte) (0xc0 | codePoint >> 6);
      tail(codePoint);
    } else if (codePoint < 0x10000) {
      bytes[size++] = (byte) (0xe0 | codePoint >> 12);
      tail(codePoint >> 6);
      tail(codePoint);
    } else {
      bytes[size++] = (byte) (0xf0 | codePoint >> 18);
      tail(codePoint >> 12);
      tail(codePoint >> 6);
      tail(codePoint);
    }
  }

  private void tail(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
