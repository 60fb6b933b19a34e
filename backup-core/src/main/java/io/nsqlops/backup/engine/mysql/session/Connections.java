package io.nsqlops.backup.engine.mysql.session;

import com.mysql.cj.conf.PropertyKey;
import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Opens sessions to one server, all pinned to the same settings. */
public final class Connections {
  /**
   * What servers set for their applications, and nobody who reads all of it or loads it can live
   * with. Each server knows some of them.
   *
   * <p>Limits of time: a session of ours idles while others read or load, and one statement reads a
   * whole range; the first is as long as it can be on any system, 24 days. What shows other rows or
   * definitions than there are. What refuses statements, or does more than a statement says.
   */
  private static final Map<String, String> PINNED =
      Map.ofEntries(
          Map.entry("wait_timeout", "2147483"),
          Map.entry("max_execution_time", "0"), // MySQL, TiDB
          Map.entry("max_statement_time", "0"), // MariaDB
          Map.entry("idle_transaction_timeout", "0"),
          Map.entry("idle_readonly_transaction_timeout", "0"),
          Map.entry("idle_write_transaction_timeout", "0"),
          Map.entry("tidb_idle_transaction_timeout", "0"),
          Map.entry("sql_safe_updates", "0"),
          Map.entry("sql_auto_is_null", "0"),
          Map.entry("system_versioning_asof", "DEFAULT"), // MariaDB
          Map.entry("show_gipk_in_create_table_and_information_schema", "1"), // MySQL 8.0.30
          Map.entry("transaction_read_only", "0"),
          Map.entry("tx_read_only", "0"),
          Map.entry("completion_type", "'NO_CHAIN'"),
          Map.entry("sql_notes", "1"));

  private static final int UNKNOWN_VARIABLE = 1193;

  private final DatabaseUri uri;
  private final Supplier<String> password;

  /**
   * Nothing is opened yet.
   *
   * @param password asked for at each connection, never kept
   */
  public Connections(DatabaseUri uri, Supplier<String> password) {
    this.uri = uri;
    this.password = password;
  }

  public String address() {
    return uri.address();
  }

  /**
   * A new session: UTC, no sql_mode that changes what is printed, none of the server's limits, text
   * as stored.
   *
   * @param extra statements to run first
   */
  public Session open(List<String> extra) {
    try {
      Connection connection = connect();
      try {
        Session session = new Session(connection, address());
        settle(session, extra);
        return session;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw MysqlErrors.of(address(), e);
    } catch (IOException e) {
      throw MysqlErrors.lost(address(), e);
    }
  }

  private static void settle(Session session, List<String> extra) throws SQLException {
    // the limits before anything is asked: they would hold for the answer too
    session.execute(
        "SET SESSION time_zone='+00:00', sql_mode='', sql_quote_show_create=1, sql_select_limit="
            + Long.MAX_VALUE);
    tolerant(session, "SET SESSION sql_big_selects=1");
    session.execute("SET SESSION net_write_timeout=3600, net_read_timeout=3600");
    session.execute("SET SESSION character_set_results=NULL");
    pin(session);
    for (String statement : extra) {
      session.execute(statement);
    }
  }

  private static void tolerant(Session session, String setting) {
    try {
      session.execute(setting);
    } catch (OpsException e) {
      if (MysqlErrors.code(e) != UNKNOWN_VARIABLE) {
        throw e;
      }
    }
  }

  /** Two round trips, however many of them this server knows. */
  private static void pin(Session session) throws SQLException {
    String names = PINNED.keySet().stream().map(Sql::string).collect(Collectors.joining(", "));
    List<String> settings = new ArrayList<>();
    try (Statement statement = session.jdbc().createStatement();
        ResultSet known =
            statement.executeQuery(
                "SHOW SESSION VARIABLES WHERE Variable_name IN (" + names + ")")) {
      while (known.next()) {
        String name = known.getString(1);
        settings.add(name + "=" + PINNED.get(name));
      }
    }
    if (!settings.isEmpty()) {
      session.execute("SET SESSION " + String.join(", ", settings));
    }
  }

  /**
   * Rows are read from the socket itself, where a compressing driver would leave no packets; and
   * all of them, where another parameter would have the driver ask for some.
   */
  private void requireAllAndPlain() {
    uri.parameters()
        .forEach(
            (key, value) -> {
              boolean compressed =
                  key.equalsIgnoreCase("useCompression") && !value.equalsIgnoreCase("false");
              boolean some = key.equalsIgnoreCase("maxRows") && !value.equals("-1");
              if (compressed || some) {
                throw new OpsException(
                    ErrorKind.USAGE,
                    uri.toString(),
                    "the database URL asks for " + key + "=" + value + ", which is not supported",
                    "leave " + key + " out of the URL");
              }
            });
  }

  /** A misspelt {@code sslMode} must not pass for one that is not there. */
  private void requireKnownParameters() {
    for (String name : uri.parameters().keySet()) {
      if (PropertyKey.fromValue(PropertyKey.normalizeCase(name)) == null) {
        throw new OpsException(
            ErrorKind.USAGE,
            uri.toString(),
            "the database URL has a parameter that the driver does not know: " + name,
            "see the configuration properties of MySQL Connector/J; TLS is sslMode=REQUIRED,"
                + " VERIFY_CA or VERIFY_IDENTITY");
      }
    }
  }

  private Connection connect() throws SQLException {
    requireKnownParameters();
    requireAllAndPlain();
    Properties properties = new Properties();
    properties.setProperty("user", uri.user());
    properties.setProperty("password", password.get());
    properties.setProperty("allowLoadLocalInfile", "true");
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("dontTrackOpenResources", "true");
    // else a result that is read row by row changes net_write_timeout, which is ours
    properties.setProperty("netTimeoutForStreamingResults", "0");
    uri.parameters().forEach(properties::setProperty);
    // not through DriverManager: no service lookup at start-up, no other driver in between
    Driver driver = new com.mysql.cj.jdbc.Driver();
    Connection connection = driver.connect("jdbc:mysql://" + address() + "/", properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept " + address());
    }
    return connection;
  }

  /** Asks the server who it is. */
  public static ServerInfo identify(Session session, String address) {
    try (Statement statement = session.jdbc().createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION(), @@version_comment")) {
      row.next();
      String version = row.getString(1);
      return new ServerInfo(engine(version, row.getString(2)), version, address);
    } catch (SQLException e) {
      throw MysqlErrors.of(address, e);
    }
  }

  private static String engine(String version, String comment) {
    String all = (version + " " + comment).toLowerCase(Locale.ROOT);
    for (String engine : List.of("tidb", "oceanbase", "seekdb", "mariadb")) {
      if (all.contains(engine)) {
        return engine.equals("seekdb") ? "oceanbase" : engine;
      }
    }
    return "mysql";
  }
}
