package io.nsqlops.backup.engine;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the grant tables hold, to the byte, and what the server says of each account. */
final class AccountFacts {
  private static final List<String> TABLES =
      List.of(
          "user",
          "global_priv",
          "db",
          "tables_priv",
          "columns_priv",
          "procs_priv",
          "proxies_priv",
          "role_edges",
          "default_roles",
          "roles_mapping",
          "global_grants");

  /** When something was done, and by whom. */
  private static final Set<String> PASSING =
      Set.of("password_last_changed", "timestamp", "grantor", "create_time", "update_time");

  private static final Set<String> OF_THE_SERVER =
      Set.of("root", "mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys", "PUBLIC");

  private final Connection connection;
  private final String engine;
  private final Map<String, List<String>> facts = new TreeMap<>();

  private AccountFacts(Connection connection, String engine) {
    this.connection = connection;
    this.engine = engine;
  }

  /** Of all accounts but root and those of the server itself. */
  static Map<String, List<String>> of(Connection connection, String engine) throws SQLException {
    AccountFacts all = new AccountFacts(connection, engine);
    for (String table : TABLES) {
      all.table(table);
    }
    for (List<String> account : accounts(connection, engine)) {
      all.shown(account);
    }
    return all.facts;
  }

  /** User and host of each, roles of MariaDB with the user alone. */
  static List<List<String>> accounts(Connection connection, String engine) throws SQLException {
    boolean roles = engine.equals("mariadb");
    List<List<String>> accounts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT User, Host" + (roles ? ", is_role" : "") + " FROM mysql.user")) {
      while (rows.next()) {
        if (!OF_THE_SERVER.contains(rows.getString(1))) {
          boolean role = roles && rows.getString(3).equals("Y");
          accounts.add(
              role ? List.of(rows.getString(1)) : List.of(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return accounts;
  }

  static String quoted(List<String> account) {
    List<String> parts = new ArrayList<>();
    for (String part : account) {
      parts.add("'" + part.replace("\\", "\\\\").replace("'", "\\'") + "'");
    }
    return String.join("@", parts);
  }

  private void table(String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery(
              "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA='mysql'"
                  + " AND TABLE_TYPE='BASE TABLE' AND TABLE_NAME='"
                  + table
                  + "'")) {
        if (!there.next()) {
          return;
        }
      }
      List<String> lines = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT * FROM mysql." + table)) {
        while (rows.next()) {
          row(rows, lines);
        }
      }
      Collections.sort(lines);
      facts.put(table, lines);
    }
  }

  private static void row(ResultSet row, List<String> lines) throws SQLException {
    ResultSetMetaData types = row.getMetaData();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= types.getColumnCount(); i++) {
      String column = types.getColumnLabel(i).toLowerCase(Locale.ROOT);
      byte[] value = row.getBytes(i);
      String text = value == null ? "NULL" : new String(value, StandardCharsets.ISO_8859_1);
      if (column.equals("user") && OF_THE_SERVER.contains(text)) {
        return;
      }
      if (!PASSING.contains(column)) {
        line.append(column).append('=').append(settled(column, text)).append(' ');
      }
    }
    lines.add(line.toString());
  }

  /** In MariaDB's JSON text an expired password was last changed at 0. */
  private static String settled(String column, String text) {
    return column.equals("priv")
        ? text.replaceAll("\"version_id\":\\d+,", "")
            .replaceAll("\"password_last_changed\":[1-9]\\d*", "")
        : text;
  }

  private void shown(List<String> account) throws SQLException {
    String name = quoted(account);
    if (account.size() == 2) {
      show("create " + name, "SHOW CREATE USER " + name);
    }
    // MySQL 8.0.15 crashes at this one
    if (!account.get(0).isEmpty() || !engine.equals("mysql")) {
      show("grants " + name, "SHOW GRANTS FOR " + name);
    }
  }

  private void show(String what, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(columnsInOrder(rows.getString(1)));
      }
    }
    Collections.sort(lines);
    facts.put(what, lines);
  }

  /** The columns of a right stand in any order. */
  private static String columnsInOrder(String line) {
    return Pattern.compile("\\(([^)]*)\\)")
        .matcher(line)
        .replaceAll(
            found -> {
              String[] columns = found.group(1).split(", ", -1);
              Arrays.sort(columns);
              return Matcher.quoteReplacement("(" + String.join(", ", columns) + ")");
            });
  }

  /** Only what differs. */
  static List<String> differences(
      Map<String, List<String>> expected, Map<String, List<String>> actual) {
    Set<String> all = new TreeSet<>(expected.keySet());
    all.addAll(actual.keySet());
    List<String> differences = new ArrayList<>();
    for (String what : all) {
      List<String> lost = new ArrayList<>(expected.getOrDefault(what, List.of("nothing")));
      List<String> found = new ArrayList<>(actual.getOrDefault(what, List.of("nothing")));
      actual.getOrDefault(what, List.of("nothing")).forEach(lost::remove);
      expected.getOrDefault(what, List.of("nothing")).forEach(found::remove);
      if (!lost.isEmpty() || !found.isEmpty()) {
        differences.add(what + ": " + lost + " became " + found);
      }
    }
    return differences;
  }
}
