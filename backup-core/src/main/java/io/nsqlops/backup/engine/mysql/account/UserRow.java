package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.RawText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A row of a grant table. Servers of another age have other columns: what is not there is empty.
 */
final class UserRow {
  private final Map<String, byte[]> columns;

  /**
   * Of columns that are not NULL.
   *
   * @param columns by their names in lower case
   */
  UserRow(Map<String, byte[]> columns) {
    this.columns = Map.copyOf(columns);
  }

  static UserRow of(ResultSet row) throws SQLException {
    Map<String, byte[]> columns = new HashMap<>();
    ResultSetMetaData types = row.getMetaData();
    for (int i = 1; i <= types.getColumnCount(); i++) {
      byte[] value = row.getBytes(i);
      if (value != null) {
        columns.put(types.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
      }
    }
    return new UserRow(columns);
  }

  AccountName name() {
    return new AccountName(text("user"), text("host"));
  }

  /** Whether there is such a column, and it is not NULL. */
  boolean has(String column) {
    return columns.containsKey(column);
  }

  String text(String column) {
    return new String(columns.getOrDefault(column, new byte[0]), StandardCharsets.UTF_8);
  }

  boolean yes(String column) {
    return text(column).equals("Y");
  }

  /** A literal of exactly the bytes: quoted where they are text, as every version takes it. */
  String literal(String column) {
    RawText value = RawText.of(columns.getOrDefault(column, new byte[0]));
    return value.asUtf8().map(Sql::string).orElseGet(() -> Sql.bytes(value));
  }
}
