package io.nsqlops.backup.engine;

import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server notes of the statements of a restore; it must run with {@code --log-output=TABLE}.
 */
final class GeneralLog {
  /** Into which table a file is loaded. */
  static final Pattern LOAD = Pattern.compile("(?s)LOAD DATA .* INTO TABLE (.*) CHARACTER ");

  private GeneralLog() {}

  /**
   * Backs a database up, restores it, and tells what statements sent as text had in common with a
   * pattern.
   *
   * @return the pattern's first groups
   */
  static Set<String> ofRestore(TestedEngine engine, String database, Pattern pattern)
      throws SQLException {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    engine.backup(repository, database);
    engine
        .server()
        .execute(
            "DROP DATABASE " + database, "TRUNCATE mysql.general_log", "SET GLOBAL general_log=ON");
    try {
      engine.restore(repository, Existing.FAIL);
    } finally {
      engine.server().execute("SET GLOBAL general_log=OFF");
    }
    Set<String> found = new TreeSet<>();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT argument FROM mysql.general_log WHERE command_type='Query'")) {
      while (rows.next()) {
        Matcher matcher = pattern.matcher(rows.getString(1));
        if (matcher.lookingAt()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found;
  }
}
