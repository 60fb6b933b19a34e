package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What information_schema and SHOW CREATE say of tables. Filters there ignore case, so names are
 * compared again, byte for byte.
 */
public final class Catalogue {
  /** Where an unfinished restore keeps its ledger; no backup holds it. */
  public static final String OUR_DATABASE = "nsql_ops_restore";

  /** Storage engines whose tables show rows of other tables and have none of their own. */
  private static final Set<String> ROWS_ELSEWHERE = Set.of("MRG_MyISAM", "FEDERATED");

  private static final Pattern ENGINE = Pattern.compile("\\) ENGINE=(\\w+)");

  /** Databases of the servers themselves, and ours. */
  static final Set<String> SYSTEM =
      Set.of(
          "information_schema",
          "performance_schema",
          "metrics_schema",
          "mysql",
          "sys",
          "oceanbase",
          "__recyclebin",
          "__public",
          "lbacsys",
          "sys_audit",
          OUR_DATABASE);

  private final Session session;
  private final String address;

  public Catalogue(Session session, String address) {
    this.session = session;
    this.address = address;
  }

  public static boolean isSystem(String database) {
    return SYSTEM.contains(database.toLowerCase(Locale.ROOT));
  }

  /** User databases, in name order. */
  public List<String> databases() {
    List<String> names = new ArrayList<>();
    each(
        "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME",
        List.of(),
        row -> {
          if (!isSystem(row.getString(1))) {
            names.add(row.getString(1));
          }
        });
    return names;
  }

  /** Base tables of user databases with their size. */
  public List<TableEstimate> tables() {
    List<TableEstimate> tables = new ArrayList<>();
    Map<String, String> databases = new HashMap<>();
    stream(
        "SELECT TABLE_SCHEMA, TABLE_NAME, DATA_LENGTH, t.ENGINE, TRANSACTIONS, TABLE_TYPE"
            + " FROM information_schema.TABLES t"
            + " LEFT JOIN information_schema.ENGINES e ON e.ENGINE=t.ENGINE"
            + " WHERE TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED')",
        row -> {
          if (!isSystem(row.getString(1))) {
            // there may be a million tables: their database's name is there once
            String database = databases.computeIfAbsent(row.getString(1), d -> d);
            TableName name = new TableName(database, row.getString(2));
            boolean loose =
                "NO".equals(row.getString(5)) && !ROWS_ELSEWHERE.contains(row.getString(4));
            boolean versioned = row.getString(6).equals("SYSTEM VERSIONED");
            tables.add(
                new TableEstimate(name, row.getLong(3), loose ? row.getString(4) : "", versioned));
          }
        });
    return tables;
  }

  /** Tables, views and sequences of user databases, in name order. */
  public Map<TableName, Relation> relations() {
    Map<TableName, Relation> relations = new TreeMap<>();
    stream(
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES",
        row -> {
          if (!isSystem(row.getString(1))) {
            TableName name = new TableName(row.getString(1), row.getString(2));
            relations.put(name, Relation.ofType(row.getString(3)));
          }
        });
    return relations;
  }

  /** Those of user databases of one {@link #relationType}, in name order. */
  public List<TableName> relations(String type) {
    List<TableName> names = new ArrayList<>();
    each(
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE='"
            + type
            + "' ORDER BY TABLE_SCHEMA, TABLE_NAME",
        List.of(),
        row -> {
          if (!isSystem(row.getString(1))) {
            names.add(new TableName(row.getString(1), row.getString(2)));
          }
        });
    return names;
  }

  /** How many rows the server believes a table to have; 0 if it does not say. */
  public long estimatedRows(TableName name) {
    long[] rows = new long[1];
    each(
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=?",
        List.of(name.database(), name.table()),
        row -> {
          if (is(row, name)) {
            rows[0] = row.getLong(3);
          }
        });
    return rows[0];
  }

  /** How many rows the optimiser expects a SELECT to look at; -1 if it does not say. */
  public long expectedRows(String select) {
    long[] rows = {-1};
    each(
        "EXPLAIN " + select,
        List.of(),
        row -> {
          ResultSetMetaData columns = row.getMetaData();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnLabel(i).equals("rows")) {
              rows[0] = row.getLong(i);
            }
          }
        });
    return rows[0];
  }

  /** {@code BASE TABLE}, {@code VIEW}, {@code SEQUENCE}, …; empty if there is none. */
  public String relationType(TableName name) {
    List<String> types = new ArrayList<>();
    each(
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=?",
        List.of(name.database(), name.table()),
        row -> {
          if (is(row, name)) {
            types.add(row.getString(3));
          }
        });
    return types.isEmpty() ? "" : types.get(0);
  }

  /** Columns, key and definition of a table. */
  public Table describe(TableName name) {
    Map<String, Column> columns = storedColumns(name);
    List<Column> key = key(name, columns);
    List<Column> ordered = new ArrayList<>(key);
    columns.values().stream().filter(c -> !key.contains(c)).forEach(ordered::add);
    boolean splittable = !key.isEmpty() && key.stream().allMatch(Sql::comparable);
    return new Table(name, ordered, key.size(), splittable, showCreate("TABLE", name));
  }

  private Map<String, Column> storedColumns(TableName name) {
    Map<String, Column> columns = new LinkedHashMap<>();
    String converted = resultCharset();
    each(
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_SET_NAME,"
            + " GENERATION_EXPRESSION FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=? ORDER BY ORDINAL_POSITION",
        List.of(name.database(), name.table()),
        row -> {
          String generated = row.getString(6);
          if (is(row, name) && (generated == null || generated.isEmpty())) {
            String stored = row.getString(5);
            String charset = stored == null || converted.isEmpty() ? stored : converted;
            String type = row.getString(4).toLowerCase(Locale.ROOT);
            String column = row.getString(3);
            columns.put(column, new Column(column, type, charset == null ? "" : charset));
          }
        });
    return columns;
  }

  /** What the server converts text to on the way; empty if it comes as it is stored. */
  private String resultCharset() {
    String charset = one("SELECT @@character_set_results");
    return charset.equals("null") ? "" : charset;
  }

  /** The primary key, or the first unique key whose columns can never be NULL; else empty. */
  private List<Column> key(TableName name, Map<String, Column> columns) {
    Map<String, List<Column>> keys = new LinkedHashMap<>();
    Set<String> unusable = new java.util.HashSet<>();
    each(
        "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART, NULLABLE"
            + " FROM information_schema.STATISTICS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=? AND NON_UNIQUE=0"
            + " ORDER BY INDEX_NAME='PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX",
        List.of(name.database(), name.table()),
        row -> {
          if (!is(row, name)) {
            return;
          }
          String index = row.getString(3);
          String columnName = row.getString(4);
          Column column = columnName == null ? null : columns.get(columnName);
          boolean prefix = row.getString(5) != null;
          if (column == null || prefix || "YES".equals(row.getString(6))) {
            unusable.add(index);
          } else {
            keys.computeIfAbsent(index, i -> new ArrayList<>()).add(column);
          }
        });
    keys.keySet().removeAll(unusable);
    return keys.values().stream().findFirst().orElse(List.of());
  }

  private static boolean is(ResultSet row, TableName name) throws SQLException {
    return name.database().equals(row.getString(1)) && name.table().equals(row.getString(2));
  }

  /**
   * Whether a table shows rows of others. They are theirs: read and written back here, they would
   * be there twice; deleted here, they would be gone there.
   */
  public static boolean showsOthers(Table table) {
    Matcher engine = ENGINE.matcher(QuotedText.without(table.ddl().toString()));
    return engine.find() && ROWS_ELSEWHERE.contains(engine.group(1));
  }

  /** The second column of SHOW CREATE, as bytes. */
  public RawText showCreate(String what, TableName name) {
    List<RawText> ddl = new ArrayList<>();
    each(
        "SHOW CREATE " + what + " " + Sql.name(name),
        List.of(),
        row -> ddl.add(RawText.of(row.getBytes(2))));
    return ddl.get(0);
  }

  /** Takes one row of a catalogue query. */
  public interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /** Runs a query and hands over each row. */
  public void each(String sql, List<String> parameters, RowTaker taker) {
    Connection jdbc = session.jdbc();
    try {
      if (parameters.isEmpty()) {
        try (Statement statement = jdbc.createStatement()) {
          take(statement, sql, taker);
        }
      } else {
        try (PreparedStatement statement = jdbc.prepareStatement(sql)) {
          for (int i = 0; i < parameters.size(); i++) {
            statement.setString(i + 1, parameters.get(i));
          }
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              taker.take(rows);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw MysqlErrors.of(address, e);
    }
  }

  /**
   * As {@link #each}, for very many rows: none is kept behind the taker, which must not ask this
   * session anything.
   */
  private void stream(String sql, RowTaker taker) {
    try (Statement statement = session.jdbc().createStatement()) {
      // what the driver takes for "row by row"
      statement.setFetchSize(Integer.MIN_VALUE);
      take(statement, sql, taker);
    } catch (SQLException e) {
      throw MysqlErrors.of(address, e);
    }
  }

  private static void take(Statement statement, String sql, RowTaker taker) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        taker.take(rows);
      }
    }
  }

  /** What the server says of the last statement, notes included. */
  public List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    each(
        "SHOW WARNINGS",
        List.of(),
        row -> warnings.add(new Warning(row.getString(1), row.getInt(2), row.getString(3))));
    return warnings;
  }

  /** The first column of each row. */
  public List<String> column(String sql, List<String> parameters) {
    List<String> values = new ArrayList<>();
    each(sql, parameters, row -> values.add(row.getString(1)));
    return values;
  }

  /** The first column of the first row, empty if there is none. */
  public String one(String sql) {
    List<String> values = new ArrayList<>();
    each(sql, List.of(), row -> values.add(String.valueOf(row.getString(1))));
    return values.isEmpty() ? "" : values.get(0);
  }
}
