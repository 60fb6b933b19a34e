package io.nsqlops.backup.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Statements in a file of the class path, with an empty line between each two. */
final class SqlScript {
  private SqlScript() {}

  static void run(String name, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(name)) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> statements(String name) {
    try (InputStream in = SqlScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split("\n\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
