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
      while (at + 16 <= end) {
        long a = (long) LONG.get(in, at);
        long b = (long) LONG.get(in, at + 8);
        long slashInA = a ^ BACKSLASHES;
        long slashInB = b ^ BACKSLASHES;
        // any byte below 11 (tab, newline, NUL and rarer ones) or a backslash
        long special =
            ((a - ELEVENS) & ~a)
                | ((slashInA - ONES) & ~slashInA)
                | ((b - ELEVENS) & ~b)
                | ((slashInB - ONES) & ~slashInB);
        if ((special & HIGHS) != 0) {
          break;
        }
        at += 16;
      }
      int stop = Math.min(end, at + 16);
      while (at < stop && ESCAPES[in[at] & 0xff] == 0) {
        at++;
      }
      if (at < stop || stop == end) {
        return at;
      }
    }
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
    int digits = digits(v);
    int at = out.length + digits;
    out.length = at;
    while (v > Integer.MAX_VALUE) {
      long q = v / BILLION;
      int nine = (int) (v - q * BILLION);
      for (int i = 0; i < 9; i++) {
        int rest = tenth(nine);
        to[--at] = (byte) ('0' + (nine - rest * 10));
        nine = rest;
      }
      v = q;
    }
    int small = (int) v;
    do {
      int q = tenth(small);
      to[--at] = (byte) ('0' + (small - q * 10));
      small = q;
    } while (small > 0);
  }

  /**
   * A tenth of a number from 0 on: the quick compiler would divide, which takes three times as
   * long.
   */
  private static int tenth(int value) {
    return (int) ((value * 0xCCCCCCCDL) >>> 35);
  }

  private static int digits(long value) {
    long bound = 10;
    for (int n = 1; n < 19; n++) {
      if (value < bound) {
        return n;
      }
      bound *= 10;
    }
    return 19;
  }

  /** A number from 0 on, padded with zeros to {@code width} digits. */
  public static void padded(RowBuffer out, int value, int width) {
    out.ensure(width);
    byte[] to = out.bytes;
    int v = value;
    for (int at = out.length + width - 1; at >= out.length; at--) {
      int q = tenth(v);
      to[at] = (byte) ('0' + (v - q * 10));
      v = q;
    }
    out.length += width;
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
