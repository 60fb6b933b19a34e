package io.nsqlops.cli.process;

import io.nsqlops.testbeds.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A small shop on a real server, and a user with a password. */
final class Shop {
  static final String USER = "ops";

  private final MariaDbServer server;

  private Shop(MariaDbServer server) {
    this.server = server;
  }

  /**
   * Fills the server.
   *
   * @param items rows of the largest table, about 200 bytes each
   */
  static Shop fill(MariaDbServer server, int items) throws SQLException {
    server.execute(
        "CREATE OR REPLACE USER ops@'127.0.0.1' IDENTIFIED BY '" + CliProcess.PASSWORD + "'",
        "GRANT ALL ON *.* TO ops@'127.0.0.1' WITH GRANT OPTION",
        "DROP DATABASE IF EXISTS nsql_ops_restore",
        "DROP DATABASE IF EXISTS shop",
        "CREATE DATABASE shop DEFAULT CHARACTER SET utf8mb4",
        "USE shop",
        "CREATE TABLE shop.item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100),"
            + " price DECIMAL(10,2), note TEXT, KEY (name))",
        "INSERT INTO shop.item (name, price, note) SELECT CONCAT('item ', seq), seq/7,"
            + " CONCAT(MD5(seq), MD5(seq+1), MD5(seq+2), MD5(seq+3), MD5(seq+4), '\\t\\n😀')"
            + " FROM seq_1_to_"
            + items,
        "CREATE TABLE shop.sale (id INT AUTO_INCREMENT PRIMARY KEY, item INT NOT NULL,"
            + " FOREIGN KEY (item) REFERENCES shop.item (id))",
        "INSERT INTO shop.sale (item) SELECT 1 + seq % 500 FROM seq_1_to_2000",
        "CREATE TABLE shop.visit (at DATETIME, who VARCHAR(20))",
        "INSERT INTO shop.visit SELECT '2026-11-24 00:00:00' + INTERVAL seq % 50 SECOND, 'someone'"
            + " FROM seq_1_to_300",
        "CREATE VIEW shop.cheap AS SELECT * FROM shop.item WHERE price < 10",
        "CREATE TRIGGER shop.shout BEFORE INSERT ON shop.sale FOR EACH ROW"
            + " SET NEW.item = NEW.item");
    return new Shop(server);
  }

  String url() {
    return "mysql://" + USER + "@127.0.0.1:" + server.port();
  }

  void execute(String... statements) throws SQLException {
    server.execute(statements);
  }

  /** The first column of the first row. */
  String one(String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  /** Sessions of our user that the server still has. */
  int sessions() throws SQLException {
    return Integer.parseInt(
        one("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER='" + USER + "'"));
  }
}
