package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** As {@link MariaDbEngineTest}, but that rows arrive as parameters, however short they are. */
@NeedsBed(Bed.MARIADB)
class MariaDbParametersTest extends MariaDbEngineTest {
  private static final Pattern LOAD =
      Pattern.compile("(?s)LOAD DATA .* INTO TABLE (.*) CHARACTER ");

  @Override
  protected TestedEngine start(Path directory) {
    return new TestedEngine(
        MariaDbServer.start(directory, "--log-bin", "--log-output=TABLE"),
        Dialect.MARIADB.withLongValue(0));
  }

  @Test
  void whatIsVeryLongOrWarnedOfOrCannotBeTriedTwiceGoesAnotherWay() throws SQLException {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    hardData();
    engine().backup(repository, "hard");
    engine().server().execute("DROP DATABASE hard", "SET GLOBAL general_log=ON");
    try {
      engine().restore(repository, Existing.FAIL);
    } finally {
      engine().server().execute("SET GLOBAL general_log=OFF");
    }
    assertThat(loadedFromFiles())
        .containsExactly(
            "`hard`.`allgen`", "`hard`.`enumerror`", "`hard`.`large`", "`hard`.`myisam`");
  }

  private Set<String> loadedFromFiles() throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT argument FROM mysql.general_log")) {
      while (rows.next()) {
        Matcher load = LOAD.matcher(rows.getString(1));
        if (load.lookingAt()) {
          tables.add(load.group(1));
        }
      }
    }
    return tables;
  }
}
