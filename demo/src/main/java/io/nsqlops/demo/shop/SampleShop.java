package io.nsqlops.demo.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sample shop on one server: three databases, made and changed by the SQL scripts. */
public final class SampleShop {
  private static final String DATABASES = "('shop', 'crm', 'stats')";
  private static final Pattern TARGET = Pattern.compile("INSERT INTO (\\S+(?: ``\\S+)?)");

  /** Opens connections of a user who may do everything. */
  @FunctionalInterface
  public interface Server {
    Connection connect() throws SQLException;
  }

  /** Is told how the making of the rows gets on. */
  @FunctionalInterface
  public interface Filling {
    void filled(String table, long rows, Duration took);
  }

  /** A database at a glance. */
  public record Database(String name, long tables, long rows, long bytes) {}

  private final Server server;
  private final ShopSize size;

  public SampleShop(Server server, ShopSize size) {
    this.server = server;
    this.size = size;
  }

  /** Makes the databases, their rows and their logic. */
  public void create(Filling filling) throws SQLException {
    run("tables.sql", (table, rows, took) -> {});
    run("rows.sql", filling);
    run("logic.sql", (table, rows, took) -> {});
  }

  /**
   * An account of the server with every right. Its password gets into the server's memory only: not
   * into a log, not into an argument.
   */
  public void createAdministrator(String name, String password) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        String account = "'" + name + "'@'" + host + "'";
        statement.execute("CREATE USER " + account + " IDENTIFIED BY '" + password + "'");
        statement.execute("GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION");
      }
    }
  }

  /** What a bad night does: drops, updates, deletes. The statements as they were run. */
  public List<String> damage() throws SQLException {
    run("damage.sql", (table, rows, took) -> {});
    return SqlScript.read("damage.sql").statements();
  }

  /** What an ordinary minute changes: a handful of rows. The statements as they were run. */
  public List<String> changeALittle() throws SQLException {
    run("later.sql", (table, rows, took) -> {});
    return SqlScript.read("later.sql").statements();
  }

  /** Counts every row. */
  public List<Database> databases() throws SQLException {
    List<Database> found = new ArrayList<>();
    for (String name : List.of("shop", "crm", "stats")) {
      long rows = 0;
      List<String> tables = tables(name);
      for (String table : tables) {
        rows += number("SELECT COUNT(*) FROM " + table);
      }
      long bytes =
          number(
              "SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables"
                  + " WHERE table_schema = '"
                  + name
                  + "'");
      found.add(new Database(name, tables.size(), rows, bytes));
    }
    return found;
  }

  /**
   * What the server itself says about every table and every definition, a line each: independent of
   * how a backup compares.
   */
  public List<String> fingerprint() throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String database : List.of("shop", "crm", "stats")) {
      for (String table : tables(database)) {
        lines.add(checksum(table));
      }
    }
    for (String query : SqlScript.read("fingerprint.sql").statements()) {
      lines.addAll(lines(query.replace("{databases}", DATABASES)));
    }
    return lines;
  }

  /** CHECKSUM TABLE would be shorter, but it changes by itself where a column is virtual. */
  private String checksum(String table) throws SQLException {
    String columns =
        lines("SHOW COLUMNS FROM " + table).stream()
            .map(line -> "COALESCE(HEX(`" + line.split(" ", 2)[0] + "`), '-')")
            .collect(Collectors.joining(", "));
    String query = "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', " + columns + "))) FROM ";
    return table + " " + lines(query + table);
  }

  private List<String> tables(String database) throws SQLException {
    return lines(
        "SELECT CONCAT('`', table_schema, '`.`', REPLACE(table_name, '`', '``'), '`')"
            + " FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = '"
            + database
            + "' ORDER BY table_name");
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(lines(query).get(0));
  }

  private List<String> lines(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = server.connect();
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(i == 1 ? "" : " ").append(rows.getString(i));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private void run(String script, Filling filling) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : SqlScript.read(script).statements()) {
        long start = System.nanoTime();
        statement.execute(size.fill(sql));
        Matcher target = TARGET.matcher(sql);
        if (target.lookingAt()) {
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          filling.filled(target.group(1), statement.getLargeUpdateCount(), took);
        }
      }
    }
  }
}
