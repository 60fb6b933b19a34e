package io.nsqlops.backup.engine;

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
import java.util.stream.Collectors;

/**
 * Everything a server tells about databases through plain JDBC, by none of the code that backs up
 * and restores: the value of every column of every table, and all definitions.
 */
final class ServerState {
  private static final Set<String> BYTES =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
  private static final Set<String> BINARY =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit");
  private static final Set<String> SPATIAL = Set.of("point", "geometry", "linestring", "polygon");

  private final Connection connection;
  private final Map<String, List<String>> facts = new TreeMap<>();

  private ServerState(Connection connection) {
    this.connection = connection;
  }

  /** Facts by what they are about: lists of rows, or of lines of a definition. */
  static Map<String, List<String>> of(Connection connection, List<String> databases)
      throws SQLException {
    ServerState state = new ServerState(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION time_zone='+00:00', sql_mode=''");
    }
    for (String database : databases) {
      state.database(database);
    }
    return state.facts;
  }

  /** The rows alone, by table. */
  static Map<String, List<String>> rows(Connection connection, String database)
      throws SQLException {
    Map<String, List<String>> all = of(connection, List.of(database));
    all.keySet().removeIf(k -> !k.startsWith("rows of "));
    return all.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey().replaceFirst("^rows of `(?:[^`]|``)*`", "rows of "),
                Map.Entry::getValue,
                (a, b) -> a,
                TreeMap::new));
  }

  private void database(String database) throws SQLException {
    String quoted = name(database);
    show("database " + quoted, "SHOW CREATE DATABASE " + quoted);
    for (List<String> table : ask("SHOW FULL TABLES FROM " + quoted)) {
      String relation = quoted + "." + name(table.get(0));
      switch (table.get(1)) {
        case "VIEW" -> show("view " + relation, "SHOW CREATE VIEW " + relation);
        case "SEQUENCE" -> sequence(relation);
        default -> {
          show("table " + relation, "SHOW CREATE TABLE " + relation);
          facts.put("rows of " + relation, rows(database, table.get(0)));
        }
      }
    }
    routines(database);
    for (List<String> trigger : ask("SHOW TRIGGERS FROM " + quoted)) {
      String trigged = quoted + "." + name(trigger.get(0));
      show("trigger " + trigged, "SHOW CREATE TRIGGER " + trigged);
    }
    for (List<String> event : ask("SHOW EVENTS FROM " + quoted)) {
      String scheduled = quoted + "." + name(event.get(1));
      show("event " + scheduled, "SHOW CREATE EVENT " + scheduled);
    }
    facts.put(
        "trigger order in " + quoted,
        lines(
            "SELECT EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, TRIGGER_NAME,"
                + " ACTION_ORDER FROM information_schema.TRIGGERS WHERE BINARY TRIGGER_SCHEMA="
                + text(database)
                + " ORDER BY 1, 2, 3, 5"));
  }

  private void routines(String database) throws SQLException {
    List<String> types = new ArrayList<>(List.of("PROCEDURE", "FUNCTION"));
    if (lines("SELECT VERSION()").get(0).contains("MariaDB")) {
      types.addAll(List.of("PACKAGE", "PACKAGE BODY"));
    }
    for (String type : types) {
      for (List<String> routine : ask("SHOW " + type + " STATUS")) {
        if (routine.get(0).equals(database)) {
          String qualified = name(database) + "." + name(routine.get(1));
          show(type + " " + qualified, "SHOW CREATE " + type + " " + qualified);
        }
      }
    }
  }

  private void sequence(String sequence) throws SQLException {
    show("sequence " + sequence, "SHOW CREATE SEQUENCE " + sequence);
    boolean tidb = !ask("SHOW VARIABLES LIKE 'tidb_snapshot'").isEmpty();
    String state =
        tidb
            ? "SHOW TABLE " + sequence + " NEXT_ROW_ID"
            : "SELECT next_not_cached_value, cycle_count FROM " + sequence;
    facts.put("next of " + sequence, lines(state));
  }

  private List<String> rows(String database, String table) throws SQLException {
    List<String> values = new ArrayList<>();
    List<List<String>> columns =
        ask(
            "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE BINARY"
                + " TABLE_SCHEMA=%s AND BINARY TABLE_NAME=%s ORDER BY COLUMN_NAME"
                    .formatted(text(database), text(table)));
    for (List<String> column : columns) {
      values.add(exact(name(column.get(0)), column.get(1).toLowerCase(Locale.ROOT)));
    }
    String from = name(database) + "." + name(table);
    List<String> rows = lines("SELECT " + String.join(", ", values) + " FROM " + from);
    Collections.sort(rows);
    return rows;
  }

  /** An expression that shows all there is to a value. */
  private static String exact(String column, String type) {
    if (BYTES.contains(type) || BINARY.contains(type)) {
      return "HEX(" + column + ")";
    }
    if (SPATIAL.contains(type)) {
      return "HEX(ST_AsBinary(" + column + "))";
    }
    return switch (type) {
      case "float", "double" -> column + "+0e0";
      case "enum", "set" -> "CONCAT(" + column + "+0, ':', HEX(" + column + "))";
      default -> "HEX(CAST(" + column + " AS CHAR))";
    };
  }

  /** Lines in order of their text: keys may stand in another order. */
  private void show(String what, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          if (!columns.getColumnLabel(i).equals("Created")) {
            String definition = String.valueOf(rows.getString(i));
            Arrays.stream(definition.split("\n", -1))
                .map(l -> l.replaceFirst(",$", ""))
                .forEach(lines::add);
          }
        }
      }
    }
    Collections.sort(lines);
    facts.put(what, lines);
  }

  private List<String> lines(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    ask(sql).forEach(row -> lines.add(String.join(" | ", row)));
    return lines;
  }

  private List<List<String>> ask(String sql) throws SQLException {
    List<List<String>> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        answers.add(row);
      }
    }
    return answers;
  }

  private static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
