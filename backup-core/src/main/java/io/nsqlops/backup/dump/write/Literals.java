package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.model.Column;
import java.util.Set;

/** How values of one column are written in SQL, out of their canonical text. */
enum Literals {
  /** Numbers as they are. */
  NUMBER {
    @Override
    void write(byte[] text, int from, int to, RowBuffer out) {
      copy(text, from, to, out);
    }
  },

  /** Numbers as they are; of -0 the sign is lost unless it is quoted. */
  FLOATING {
    @Override
    void write(byte[] text, int from, int to, RowBuffer out) {
      if (to - from == 2 && text[from] == '-') {
        quoted(text, from, to, out);
      } else {
        copy(text, from, to, out);
      }
    }
  },

  /** Text that is always in single quotes. */
  QUOTED {
    @Override
    void write(byte[] text, int from, int to, RowBuffer out) {
      quoted(text, from, to, out);
    }
  },

  /** Text in single quotes where a file in UTF-8 can hold it, else its bytes. */
  TEXT {
    @Override
    void write(byte[] text, int from, int to, RowBuffer out) {
      if (Utf8.isValid(text, from, to)) {
        quoted(text, from, to, out);
      } else {
        hex(text, from, to, out);
      }
    }
  },

  /** Bytes: a column takes them as they are, whatever its character set. */
  BYTES {
    @Override
    void write(byte[] text, int from, int to, RowBuffer out) {
      if (from == to) {
        quoted(text, from, to, out);
      } else {
        hex(text, from, to, out);
      }
    }
  };

  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year");
  private static final Set<String> PLAIN =
      Set.of("date", "datetime", "timestamp", "time", "uuid", "inet4", "inet6", "json");
  private static final Set<String> UNICODE = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

  private static final byte[] DIGITS =
      "0123456789ABCDEF".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  static Literals of(Column column) {
    String type = column.type();
    if (NUMBERS.contains(type)) {
      return NUMBER;
    }
    if (type.equals("float") || type.equals("double")) {
      return FLOATING;
    }
    if (PLAIN.contains(type)) {
      return QUOTED;
    }
    return UNICODE.contains(column.charset()) ? TEXT : BYTES;
  }

  /** Appends a value that is not NULL; {@code text} is canonical. */
  abstract void write(byte[] text, int from, int to, RowBuffer out);

  private static void copy(byte[] text, int from, int to, RowBuffer out) {
    out.ensure(to - from);
    System.arraycopy(text, from, out.bytes, out.length, to - from);
    out.length += to - from;
  }

  /** Canonical escapes mean the same in SQL; a quote and what editors and terminals mangle join. */
  private static void quoted(byte[] text, int from, int to, RowBuffer out) {
    Escapes.SQL.quoted(text, from, to, out);
  }

  private static void hex(byte[] text, int from, int to, RowBuffer out) {
    out.ensure(2 * (to - from) + 3);
    out.bytes[out.length++] = 'X';
    out.bytes[out.length++] = '\'';
    for (int i = from; i < to; i++) {
      byte b = text[i] == '\\' ? unescaped(text[++i]) : text[i];
      out.bytes[out.length++] = DIGITS[(b >> 4) & 15];
      out.bytes[out.length++] = DIGITS[b & 15];
    }
    out.bytes[out.length++] = '\'';
  }

  private static byte unescaped(byte name) {
    return switch (name) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case '0' -> 0;
      default -> name;
    };
  }
}
