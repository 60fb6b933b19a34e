package io.nsqlops.backup.engine.mysql;

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
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;

/** Opens sessions to one server, all pinned to the same settings. */
public final class Connections {
  /**
   * Limits that servers set for their applications. A session of ours idles while others read or
   * load, and one statement reads a whole range. Each server knows some of them; the first is as
   * long as it can be on any system, 24 days.
   */
  private static final List<String> TIME_LIMITS =
      List.of(
          "wait_timeout=2147483",
          "max_execution_time=0", // MySQL, TiDB
          "max_statement_time=0", // MariaDB
          "idle_transaction_timeout=0",
          "idle_readonly_transaction_timeout=0",
          "idle_write_transaction_timeout=0",
          "tidb_idle_transaction_timeout=0");

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
   * A new session: UTC, no sql_mode that changes what is printed, no time limits, text as stored.
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

  private static void settle(Session session, List<String> extra) {
    session.execute("SET SESSION time_zone='+00:00', sql_mode='', sql_quote_show_create=1");
    session.execute("SET SESSION net_write_timeout=3600, net_read_timeout=3600");
    session.execute("SET SESSION character_set_results=NULL");
    for (String limit : TIME_LIMITS) {
      try {
        session.execute("SET SESSION " + limit);
      } catch (OpsException e) {
        if (MysqlErrors.code(e) != UNKNOWN_VARIABLE) {
          throw e;
        }
      }
    }
    for (String statement : extra) {
      session.execute(statement);
    }
  }

  /** Rows are read from the socket itself, where a compressing driver would leave no packets. */
  private void requirePlainPackets() {
    uri.parameters()
        .forEach(
            (key, value) -> {
              if (key.equalsIgnoreCase("useCompression") && !value.equalsIgnoreCase("false")) {
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
    requirePlainPackets();
    Properties properties = new Properties();
    properties.setProperty("user", uri.user());
    properties.setProperty("password", password.get());
    properties.setProperty("allowLoadLocalInfile", "true");
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("dontTrackOpenResources", "true");
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
