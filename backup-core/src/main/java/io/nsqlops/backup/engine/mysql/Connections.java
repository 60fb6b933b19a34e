package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.DatabaseUri;
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
      Session session = new Session(connect(), address());
      session.execute("SET SESSION time_zone='+00:00', sql_mode='', sql_quote_show_create=1");
      session.execute("SET SESSION net_write_timeout=3600, net_read_timeout=3600");
      session.execute("SET SESSION character_set_results=NULL");
      for (String statement : extra) {
        session.execute(statement);
      }
      return session;
    } catch (SQLException e) {
      throw MysqlErrors.of(address(), e);
    } catch (IOException e) {
      throw MysqlErrors.lost(address(), e);
    }
  }

  private Connection connect() throws SQLException {
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
