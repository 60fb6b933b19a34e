package io.nsqlops.logs.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable UTF-8 buffer JSON is written into, bytes to bytes.
 *
 * <p>Plain runs are found eight bytes at a time and copied whole; only quotes, backslashes, control
 * characters and multi-byte sequences are looked at one by one.
 */
public final class JsonBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long BILLION = 1_000_000_000;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  /** The backing array, valid up to {@link #size()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public void truncate(int newSize) {
    size = newSize;
  }

  /** Forgets the content, and memory beyond {@code keep} bytes of capacity with it. */
  public void clear(int keep) {
    size = 0;
    if (bytes.length > keep) {
      bytes = new byte[keep];
    }
  }

  public void raw(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  public void raw(byte[] source) {
    raw(source, 0, source.length);
  }

  public void raw(byte[] source, int from, int to) {
    int length = to - from;
    room(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** Decimal digits of a number. */
  public void decimal(long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      large(value);
      return;
    }
    int digits = 1;
    for (long bound = 10; value >= bound; bound *= 10) {
      digits++;
    }
    padded((int) value, digits);
  }

  private void large(long value) {
    long head = value / BILLION;
    if (value < 0 || head > Integer.MAX_VALUE) {
      raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    decimal(head);
    padded((int) (value - head * BILLION), 9);
  }

  /** Exactly {@code digits} decimal digits of a number from 0 on, zero-padded. */
  public void padded(int value, int digits) {
    room(digits);
    int rest = value;
    int at = size + digits;
    while (at > size) {
      // A tenth: the quick compiler would divide, which takes three times as long.
      int tenth = (int) ((rest * 0xCCCCCCCDL) >>> 35);
      bytes[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    size += digits;
  }

  /**
   * The inside of a JSON string holding this text. Bytes that are not UTF-8 become {@code \xNN}.
   *
   * @return false if there were such bytes
   */
  public boolean text(byte[] source, int from, int to) {
    return copy(source, from, to, false);
  }

  /**
   * The inside of a JSON string from the inside of one: valid escapes pass through, everything else
   * is written as by {@link #text}.
   *
   * @return false if there were bytes that are not UTF-8
   */
  public boolean jsonText(byte[] source, int from, int to) {
    return copy(source, from, to, true);
  }

  private boolean copy(byte[] source, int from, int to, boolean keepEscapes) {
    boolean valid = true;
    int i = from;
    while (true) {
      int run = plainEnd(source, i, to);
      raw(source, i, run);
      if (run == to) {
        return valid;
      }
      i = run;
      byte b = source[i];
      if (b < 0) {
        int length = Utf8.sequenceLength(source, i, to);
        if (length == 0) {
          valid = false;
          hexByte(b);
          i++;
        } else {
          raw(source, i, i + length);
          i += length;
        }
      } else {
        int escape = keepEscapes && b == '\\' ? JsonEscape.length(source, i, to) : 0;
        if (escape == 0) {
          escaped(b);
          i++;
        } else {
          raw(source, i, i + escape);
          i += escape;
        }
      }
    }
  }

  /**
   * First position at or after {@code from} whose byte cannot be copied as it is, or {@code to}.
   */
  static int plainEnd(byte[] source, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONGS.get(source, i);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long special =
          ((word - ONES * 0x20) & ~word)
              | ((quote - ONES) & ~quote)
              | ((backslash - ONES) & ~backslash)
              | word;
      special &= HIGH;
      if (special != 0) {
        return i + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    for (; i < to; i++) {
      byte b = source[i];
      if (b < 0x20 || b == '"' || b == '\\') {
        return i;
      }
    }
    return to;
  }

  private void escaped(byte b) {
    room(6);
    bytes[size++] = '\\';
    switch (b) {
      case '"', '\\' -> bytes[size++] = b;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 15];
      }
    }
  }

  private void hexByte(byte b) {
    room(5);
    bytes[size++] = '\\';
    bytes[size++] = '\\';
    bytes[size++] = 'x';
    bytes[size++] = HEX[(b >> 4) & 15];
    bytes[size++] = HEX[b & 15];
  }

  // Short enough for the quick compiler to inline.
  private void room(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length + (bytes.length >> 1), size + more));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
