package io.nsqlops.backup.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.schubfach.DoubleToDecimal;
import tools.jackson.core.io.schubfach.FloatToDecimal;

/**
 * The canonical text of values, codec version 1: fields end with a tab, rows with a newline, {@code
 * \N} is NULL, and in strings backslash, tab, newline and NUL are written as {@code \\ \t \n \0}.
 * This is what {@code LOAD DATA} and {@code COPY} read natively. docs/repository-format.md defines
 * it type by type.
 *
 * <p>Methods append to a {@link RowBuffer} and make their own room.
 */
public final class CanonicalText {
  /** Version of this text; part of every manifest. */
  public static final int VERSION = 1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** The two digits of each number below 100, as they stand in memory. */
  private static final short[] PAIRS = new short[100];

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long ELEVENS = ONES * 11;
  private static final long BACKSLASHES = ONES * '\\';
  private static final int BILLION = 1_000_000_000;

  /** What follows the backslash for a byte that needs one, else 0. */
  private static final byte[] ESCAPES = new byte[256];

  static {
    ESCAPES['\\'] = '\\';
    ESCAPES['\t'] = 't';
    ESCAPES['\n'] = 'n';
    ESCAPES[0] = '0';
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
    }
    // What has not run yet when the quick compiler comes to it, it never makes quick: strings would
    // be looked through at a sixth of the speed if the first ones were all short.
    plainUntil("a".repeat(63).getBytes(StandardCharsets.US_ASCII), 0, 63);
    unsigned(new RowBuffer(20), Long.MAX_VALUE);
  }

  private CanonicalText() {}

  public static void nul(RowBuffer out) {
    out.ensure(2);
    out.bytes[out.length++] = '\\';
    out.bytes[out.length++] = 'N';
  }

  /** Bytes of a string or blob, escaped where needed: what needs no escape is copied in one go. */
  public static void string(RowBuffer out, byte[] in, int offset, int length) {
    out.ensure(2 * length);
    byte[] to = out.bytes;
    int o = out.length;
    int from = offset;
    int end = offset + length;
    for (int at = plainUntil(in, from, end); at < end; at = plainUntil(in, from, end)) {
      System.arraycopy(in, from, to, o, at - from);
      o += at - from;
      to[o++] = '\\';
      to[o++] = ESCAPES[in[at] & 0xff];
      from = at + 1;
    }
    System.arraycopy(in, from, to, o, end - from);
    out.length = o + end - from;
  }

  /**
   * Where the first byte stands that needs an escape, or is one, or ends a field; {@code end} if
   * there is none.
   */
  public static int plainUntil(byte[] in, int from, int end) {
    int at = from;
    while (true) {
      // Plain ASCII is recognised by fewer operations than plain bytes of any kind.
      while (at + 32 <= end
          && ((notPlainAscii((long) LONG.get(in, at))
                      | notPlainAscii((long) LONG.get(in, at + 8))
                      | notPlainAscii((long) LONG.get(in, at + 16))
                      | notPlainAscii((long) LONG.get(in, at + 24)))
                  & HIGHS)
              == 0) {
        at += 32;
      }
      while (at + 8 <= end && (special((long) LONG.get(in, at)) & HIGHS) == 0) {
        at += 8;
      }
      int stop = Math.min(end, at + 8);
      while (at < stop && ESCAPES[in[at] & 0xff] == 0) {
        at++;
      }
      if (at < stop || stop == end) {
        return at;
      }
    }
  }

  /** The high bit is set in a byte from 139 on, below 11, or that is a backslash; among others. */
  private static long notPlainAscii(long eight) {
    return (eight - ELEVENS) | ((eight ^ BACKSLASHES) - ONES);
  }

  /** The high bit is set in a byte below 11 (tab, newline, NUL and rarer ones) or a backslash. */
  private static long special(long eight) {
    long slash = eight ^ BACKSLASHES;
    return ((eight - ELEVENS) & ~eight) | ((slash - ONES) & ~slash);
  }

  /**
   * Reads a string back.
   *
   * @param at where its field begins in {@code in}
   * @param most how long {@code out} may become
   * @return where it ends: the place of a tab or a newline, or {@code end}; -1 if it would be
   *     longer
   */
  public static int unescape(RowBuffer out, byte[] in, int at, int end, int most) {
    int from = at;
    while (true) {
      int to = plainUntil(in, from, end);
      if (to - from >= most - out.length) {
        return -1;
      }
      plain(out, in, from, to - from);
      if (to + 1 >= end || in[to] != '\\') {
        return to;
      }
      out.ensure(1);
      out.bytes[out.length++] = unescaped(in[to + 1]);
      from = to + 2;
    }
  }

  /** What a backslash and this byte stand for. */
  static byte unescaped(byte name) {
    return switch (name) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case '0' -> 0;
      default -> name;
    };
  }

  /** Text known to hold nothing that needs an escape. */
  public static void plain(RowBuffer out, byte[] in, int offset, int length) {
    out.ensure(length);
    System.arraycopy(in, offset, out.bytes, out.length, length);
    out.length += length;
  }

  /** A signed 64-bit integer in decimal. */
  public static void integer(RowBuffer out, long value) {
    if (value < 0) {
      out.ensure(1);
      out.bytes[out.length++] = '-';
      // Long.MIN_VALUE is its own negative; read as unsigned it is the right magnitude
      unsigned(out, -value);
    } else {
      unsigned(out, value);
    }
  }

  /** An unsigned 64-bit integer in decimal. */
  public static void unsigned(RowBuffer out, long value) {
    long v = value;
    out.ensure(20);
    if (v < 0) {
      long head = Long.divideUnsigned(v, 10);
      unsigned(out, head);
      out.ensure(1);
      out.bytes[out.length++] = (byte) ('0' + (v - head * 10));
      return;
    }
    byte[] to = out.bytes;
    int start = out.length;
    int at = start + digits(v);
    out.length = at;
    while (v > Integer.MAX_VALUE) {
      long q = v / BILLION;
      padded(to, at, (int) (v - q * BILLION), 9);
      at -= 9;
      v = q;
    }
    padded(to, at, (int) v, at - start);
  }

  /**
   * A hundredth of a number from 0 on: the quick compiler would divide, which takes three times as
   * long.
   */
  private static int hundredth(int value) {
    return (int) ((value * 0x51EB851FL) >>> 37);
  }

  private static int digits(long value) {
    long bound = 100;
    for (int n = 2; n < 18; n += 2) {
      if (value < bound) {
        return value * 10 < bound ? n - 1 : n;
      }
      bound *= 100;
    }
    return value < bound ? value < bound / 10 ? 17 : 18 : 19;
  }

  /** A number from 0 on that has no more digits than {@code width}, padded with zeros to that. */
  public static void padded(RowBuffer out, int value, int width) {
    out.ensure(width);
    out.length += width;
    padded(out.bytes, out.length, value, width);
  }

  private static void padded(byte[] to, int end, int value, int width) {
    int v = value;
    int at = end;
    for (int left = width; left > 1; left -= 2) {
      int rest = hundredth(v);
      at -= 2;
      PAIR.set(to, at, PAIRS[v - rest * 100]);
      v = rest;
    }
    if ((width & 1) != 0) {
      to[at - 1] = (byte) ('0' + v);
    }
  }

  /** {@code YYYY-MM-DD}. */
  public static void date(RowBuffer out, int year, int month, int day) {
    out.ensure(10);
    byte[] to = out.bytes;
    int at = out.length;
    int century = hundredth(year);
    PAIR.set(to, at, PAIRS[century]);
    PAIR.set(to, at + 2, PAIRS[year - century * 100]);
    to[at + 4] = '-';
    PAIR.set(to, at + 5, PAIRS[month]);
    to[at + 7] = '-';
    PAIR.set(to, at + 8, PAIRS[day]);
    out.length = at + 10;
  }

  /** {@code :MM:SS}, the end of a time of day. */
  public static void minutesAndSeconds(RowBuffer out, int minutes, int seconds) {
    out.ensure(6);
    byte[] to = out.bytes;
    int at = out.length;
    to[at] = ':';
    PAIR.set(to, at + 1, PAIRS[minutes]);
    to[at + 3] = ':';
    PAIR.set(to, at + 4, PAIRS[seconds]);
    out.length = at + 6;
  }

  /** The shortest decimal that reads back as exactly this double; −0 stays −0. */
  public static void float64(RowBuffer out, double value) {
    trimmed(out, DoubleToDecimal.toString(value));
  }

  /**
   * The shortest decimal that reads back as exactly this float even where it is read as a double
   * first and checked against the largest float, as servers do; else the double's own text.
   */
  public static void float32(RowBuffer out, float value) {
    String text = FloatToDecimal.toString(value);
    double read = Double.parseDouble(text);
    boolean exact = (float) read == value && Math.abs(read) <= Float.MAX_VALUE;
    trimmed(out, exact ? text : DoubleToDecimal.toString(value));
  }

  /** Drops the {@code .0} of Java's notation, at the end or before the exponent. */
  private static void trimmed(RowBuffer out, String number) {
    int point = number.indexOf(".0");
    boolean drop = point >= 0 && (point + 2 == number.length() || number.charAt(point + 2) == 'E');
    String text = drop ? number.substring(0, point) + number.substring(point + 2) : number;
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    plain(out, ascii, 0, ascii.length);
  }
}
