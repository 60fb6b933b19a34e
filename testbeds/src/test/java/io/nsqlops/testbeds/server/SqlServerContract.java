package io.nsqlops.testbeds.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The contract for servers of the MySQL protocol. */
abstract class SqlServerContract<S extends SqlServer> extends ServerContract<S> {

  @Override
  void store(S server, String value) throws SQLException {
    server.execute(
        "CREATE DATABASE IF NOT EXISTS shop",
        "CREATE TABLE IF NOT EXISTS shop.note (id INT PRIMARY KEY, text VARCHAR(20))",
        "REPLACE INTO shop.note VALUES (1, '" + value + "')");
  }

  @Override
  String stored(S server) throws SQLException {
    return query(server, "SELECT text FROM shop.note WHERE id = 1");
  }

  /** The first column of the only row. */
  static String query(SqlServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }
}
