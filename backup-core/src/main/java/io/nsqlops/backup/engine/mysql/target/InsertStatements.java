package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows as INSERT statements with literals: slower than LOAD DATA, but there are values that a
 * server takes only so.
 */
final class InsertStatements {
  /** A statement ends with the row that passes this size: far below any packet limit. */
  private static final int STATEMENT_BYTES = 1 << 20;

  private static final String JSON = "json";
  private static final byte[] NULL = bytes("NULL");
  private static final byte[] COMMA = bytes(",");
  private static final byte[] HEX = bytes("0123456789abcdef");

  private final List<Column> columns;
  private final byte[] verb;
  private final RowBuffer out = new RowBuffer(STATEMENT_BYTES);
  private final RowBuffer value = new RowBuffer(1 << 12);

  InsertStatements(Table table, TableName as) {
    this.columns = table.columns();
    this.verb = bytes("INSERT INTO " + Sql.name(as) + " (" + Sql.columnList(columns) + ") VALUES ");
  }

  /**
   * Whether some value has to be given as an expression: what it is cannot be told by its text.
   *
   * @param server the target, which has such values or not
   */
  static boolean areNeeded(Table table, ServerInfo server, byte[] text, int length) {
    List<Column> columns = table.columns();
    boolean json = columns.stream().anyMatch(c -> c.type().equals(JSON));
    if (!json || !server.engine().equals("mysql")) {
      return false;
    }
    RowBuffer value = new RowBuffer(1 << 12);
    int at = 0;
    while (at < length) {
      for (Column column : columns) {
        value.length = 0;
        boolean none = text[at] == '\\' && text[at + 1] == 'N';
        at = none ? at + 2 : CanonicalText.unescape(value, text, at, length, Integer.MAX_VALUE);
        if (column.type().equals(JSON) && !none && JsonDecimals.areIn(value.bytes, value.length)) {
          return true;
        }
        at++;
      }
    }
    return false;
  }

  /** Takes a statement; false if no more is wanted. */
  interface Taker {
    boolean take(byte[] sql, long rows);
  }

  /** Hands over one statement after the other; false if the taker wanted no more. */
  boolean each(byte[] text, int length, Taker taker) {
    out.length = 0;
    long rows = 0;
    int at = 0;
    while (at < length) {
      add(out.length == 0 ? verb : COMMA);
      at = row(text, at, length);
      rows++;
      if (out.length >= STATEMENT_BYTES || at >= length) {
        if (!taker.take(Arrays.copyOf(out.bytes, out.length), rows)) {
          return false;
        }
        out.length = 0;
        rows = 0;
      }
    }
    return true;
  }

  /** Where the next row begins. */
  private int row(byte[] text, int start, int length) {
    int at = start;
    add('(');
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        add(',');
      }
      at = literal(columns.get(i), text, at, length) + 1;
    }
    add(')');
    while (columns.isEmpty() && text[at++] != '\n') {
      // a row of generated columns only
    }
    return at;
  }

  /** Where the field ends. */
  private int literal(Column column, byte[] text, int at, int length) {
    if (text[at] == '\\' && text[at + 1] == 'N') {
      add(NULL);
      return at + 2;
    }
    value.length = 0;
    int stop = CanonicalText.unescape(value, text, at, length, Integer.MAX_VALUE);
    Optional<String> exact =
        column.type().equals(JSON)
            ? JsonDecimals.expression(value.bytes, value.length)
            : Optional.empty();
    if (exact.isPresent()) {
      add(bytes(exact.get()));
    } else if (Sql.isQuotable(column, value.bytes, value.length)) {
      quoted();
    } else {
      hex();
    }
    return stop;
  }

  private void quoted() {
    out.ensure(2 * value.length + 2);
    byte[] to = out.bytes;
    int o = out.length;
    to[o++] = '\'';
    for (int i = 0; i < value.length; i++) {
      byte b = value.bytes[i];
      if (b == '\'' || b == '\\') {
        to[o++] = '\\';
      }
      to[o++] = b;
    }
    to[o++] = '\'';
    out.length = o;
  }

  /** Bytes without a character set: a column takes them as they are, like those of LOAD DATA. */
  private void hex() {
    out.ensure(2 * value.length + 3);
    add('X');
    add('\'');
    for (int i = 0; i < value.length; i++) {
      int b = value.bytes[i];
      out.bytes[out.length++] = HEX[(b >> 4) & 15];
      out.bytes[out.length++] = HEX[b & 15];
    }
    add('\'');
  }

  private void add(char ascii) {
    out.ensure(1);
    out.bytes[out.length++] = (byte) ascii;
  }

  private void add(byte[] bytes) {
    CanonicalText.plain(out, bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return RawText.ofUtf8(text).bytes();
  }
}
