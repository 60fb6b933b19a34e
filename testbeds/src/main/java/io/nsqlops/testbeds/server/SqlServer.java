package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.RunningServer;
import io.nsqlops.testbeds.process.ProcessServer;
import io.nsqlops.testbeds.process.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that speaks the MySQL protocol: user {@code root} with an empty password. */
public abstract class SqlServer extends ProcessServer implements RunningServer {

  protected SqlServer(int port, ServerProcess process) {
    super(port, process);
  }

  public final String user() {
    return "root";
  }

  /** A Connector/J URL without a database. */
  public final String jdbcUrl() {
    return jdbcUrl(port());
  }

  /** A connection of user root, for a test's own preparations. */
  public final Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), "");
  }

  /** Runs statements one after the other on one connection of user root. */
  public final void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String jdbcUrl(int port) {
    return "jdbc:mysql://127.0.0.1:"
        + port
        + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectTimeout=5000";
  }
}
