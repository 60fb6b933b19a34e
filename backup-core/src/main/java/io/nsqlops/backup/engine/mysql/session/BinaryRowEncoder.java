package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns binary result rows into canonical text. One instance per result. */
final class BinaryRowEncoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ColumnType[] columns;
  private final int keyColumns;
  private byte[] in;
  private int at;

  BinaryRowEncoder(ColumnType[] columns, int keyColumns) {
    this.columns = columns;
    this.keyColumns = keyColumns;
    this.in = new byte[0];
  }

  /**
   * Appends the row in {@code packet} to {@code out}.
   *
   * @return where the text of the key columns ends in {@code out}
   */
  int encode(PacketReader packet, RowBuffer out) {
    in = packet.bytes;
    int bitmap = packet.start + 1;
    at = bitmap + (columns.length + 9) / 8;
    int keyEnd = out.length;
    for (int i = 0; i < columns.length; i++) {
      int bit = i + 2;
      if ((in[bitmap + (bit >> 3)] & (1 << (bit & 7))) != 0) {
        CanonicalText.nul(out);
      } else {
        value(columns[i], out);
      }
      if (i + 1 == keyColumns) {
        keyEnd = out.length;
      }
      out.ensure(1);
      out.bytes[out.length++] = '\t';
    }
    out.bytes[out.length - 1] = '\n';
    return keyEnd;
  }

  private void value(ColumnType column, RowBuffer out) {
    switch (column.type()) {
      case ColumnType.TINY -> integer(column, 1, out);
      case ColumnType.SHORT -> integer(column, 2, out);
      case ColumnType.LONG, ColumnType.INT24 -> integer(column, 4, out);
      case ColumnType.LONGLONG -> integer(column, 8, out);
      case ColumnType.YEAR -> CanonicalText.padded(out, (int) take(2), 4);
      case ColumnType.FLOAT -> CanonicalText.float32(out, Float.intBitsToFloat((int) take(4)));
      case ColumnType.DOUBLE -> CanonicalText.float64(out, Double.longBitsToDouble(take(8)));
      case ColumnType.DATE -> date(out);
      case ColumnType.DATETIME, ColumnType.TIMESTAMP -> dateTime(column.decimals(), out);
      case ColumnType.TIME -> time(column.decimals(), out);
      case ColumnType.NEWDECIMAL -> {
        int length = takeLength();
        CanonicalText.plain(out, in, at, length);
        at += length;
      }
      default -> {
        int length = takeLength();
        CanonicalText.string(out, in, at, length);
        at += length;
      }
    }
  }

  private void integer(ColumnType column, int size, RowBuffer out) {
    long raw = take(size);
    if (column.unsigned()) {
      CanonicalText.unsigned(out, raw);
    } else {
      int shift = 64 - 8 * size;
      CanonicalText.integer(out, raw << shift >> shift);
    }
  }

  private void date(RowBuffer out) {
    int length = in[at++];
    ymd(out, length);
    at += Math.max(0, length - 4);
  }

  private void dateTime(int decimals, RowBuffer out) {
    int length = in[at++];
    ymd(out, length);
    separator(out, ' ');
    hms(out, length >= 7);
    fraction(out, length >= 11 ? (int) take(4) : 0, decimals);
  }

  private void time(int decimals, RowBuffer out) {
    int length = in[at++];
    int days = 0;
    if (length > 0) {
      if (in[at++] != 0) {
        separator(out, '-');
      }
      days = (int) take(4);
    }
    int hours = days * 24 + (length > 0 ? in[at++] : 0);
    if (hours < 100) {
      CanonicalText.padded(out, hours, 2);
    } else {
      CanonicalText.integer(out, hours);
    }
    minutesAndSeconds(out, length > 0);
    fraction(out, length >= 12 ? (int) take(4) : 0, decimals);
  }

  private void ymd(RowBuffer out, int length) {
    if (length >= 4) {
      CanonicalText.date(out, (int) take(2), in[at++], in[at++]);
    } else {
      CanonicalText.date(out, 0, 0, 0);
    }
  }

  private void hms(RowBuffer out, boolean present) {
    CanonicalText.padded(out, present ? in[at++] : 0, 2);
    minutesAndSeconds(out, present);
  }

  private void minutesAndSeconds(RowBuffer out, boolean present) {
    if (present) {
      CanonicalText.minutesAndSeconds(out, in[at++], in[at++]);
    } else {
      CanonicalText.minutesAndSeconds(out, 0, 0);
    }
  }

  /** A column of scale d prints d digits, zeros included: microseconds cut to them. */
  private static void fraction(RowBuffer out, int micros, int decimals) {
    if (decimals == 0) {
      return;
    }
    separator(out, '.');
    int scaled = micros;
    for (int i = decimals; i < 6; i++) {
      scaled /= 10;
    }
    CanonicalText.padded(out, scaled, decimals);
  }

  private static void separator(RowBuffer out, char c) {
    out.ensure(1);
    out.bytes[out.length++] = (byte) c;
  }

  private long take(int size) {
    int from = at;
    at = from + size;
    if (from + 8 <= in.length) {
      // What follows in the packet, or behind it, is cut off again.
      int surplus = 64 - 8 * size;
      return (long) LONG.get(in, from) << surplus >>> surplus;
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (in[from + i] & 0xffL) << (8 * i);
    }
    return value;
  }

  private int takeLength() {
    int first = in[at++] & 0xff;
    return switch (first) {
      case 0xfc -> (int) take(2);
      case 0xfd -> (int) take(3);
      case 0xfe -> (int) take(8);
      default -> first;
    };
  }
}
