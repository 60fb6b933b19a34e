package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.codec.CanonicalFields;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Rows as INSERT statements with literals: slower than LOAD DATA, but there are values that a
 * server takes only so.
 */
final class InsertStatements {
  /** A statement ends with the row that passes this size: far below any packet limit. */
  private static final int STATEMENT_BYTES = 1 << 20;

  private static final byte[] NULL = {'\\', 'N'};

  private final List<Column> columns;
  private final byte[] verb;

  InsertStatements(Table table, TableName as) {
    this.columns = table.columns();
    this.verb = bytes("INSERT INTO " + Sql.name(as) + " (" + Sql.columnList(columns) + ") VALUES ");
  }

  /** Takes a statement; false if no more is wanted. */
  interface Taker {
    boolean take(byte[] sql, long rows);
  }

  /** Hands over one statement after the other; false if the taker wanted no more. */
  boolean each(byte[] text, int length, Taker taker) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows = 0;
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (text[i] == '\n') {
        out.writeBytes(out.size() == 0 ? verb : bytes(","));
        row(text, start, i, out);
        rows++;
        start = i + 1;
        if (out.size() >= STATEMENT_BYTES || start == length) {
          if (!taker.take(out.toByteArray(), rows)) {
            return false;
          }
          out.reset();
          rows = 0;
        }
      }
    }
    return true;
  }

  private void row(byte[] text, int start, int end, ByteArrayOutputStream out) {
    out.write('(');
    int column = 0;
    int from = start;
    for (int i = start; i <= end && column < columns.size(); i++) {
      if (i == end || text[i] == '\t') {
        out.writeBytes(column == 0 ? new byte[0] : bytes(","));
        literal(columns.get(column++), Arrays.copyOfRange(text, from, i), out);
        from = i + 1;
      }
    }
    out.write(')');
  }

  private void literal(Column column, byte[] field, ByteArrayOutputStream out) {
    if (Arrays.equals(field, NULL)) {
      out.writeBytes(bytes("NULL"));
      return;
    }
    byte[] value = CanonicalFields.split(field).get(0);
    if (Sql.isQuotable(column, value)) {
      quoted(value, out);
    } else {
      out.writeBytes(bytes(Sql.hex(value)));
    }
  }

  private static void quoted(byte[] value, ByteArrayOutputStream out) {
    out.write('\'');
    for (byte b : value) {
      if (b == '\'' || b == '\\') {
        out.write('\\');
      }
      out.write(b);
    }
    out.write('\'');
  }

  private static byte[] bytes(String text) {
    return RawText.ofUtf8(text).bytes();
  }
}
