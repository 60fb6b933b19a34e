package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsBed(Bed.MARIADB)
class MariaDbAccountTest extends AccountContract {
  @Override
  protected TestedEngine start(Path directory) {
    MariaDbServer server = MariaDbServer.start(directory);
    try {
      // here root may not make proxies, as it may where it was made by the installation
      server.execute(
          "INSERT INTO mysql.proxies_priv (Host, User, With_grant)"
              + " VALUES ('localhost', 'root', 1), ('127.0.0.1', 'root', 1)",
          "INSERT INTO mysql.global_priv VALUES"
              + " ('10.0.0.1', 'installed', '{\"access\":18446744073709551615}')",
          "FLUSH PRIVILEGES");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestedEngine(server, Dialect.MARIADB);
  }

  @Override
  protected List<String> scripts() {
    return List.of("accounts-mariadb.sql");
  }

  @Override
  protected Map<String, String> logins() {
    return Map.of("reader", "pa'ss\\ 1", "writer", "secret", "definer", "d");
  }

  @Override
  protected List<String> rightsWithoutAccounts() {
    return List.of("RELOAD ON *.*", "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*");
  }

  @Test
  void whatEverybodyMayDoIsNamed() throws SQLException {
    MemoryObjectStore store = new MemoryObjectStore();
    engine().server().execute("GRANT SELECT ON shop.* TO PUBLIC", "GRANT ALL ON test.* TO PUBLIC");
    try {
      Manifest manifest = engine().backup(MemoryRepositories.unencrypted(store));

      assertThat(manifest.warnings())
          .containsExactly(
              "what PUBLIC may do is not in the backup: GRANT SELECT ON `shop`.* TO PUBLIC");
    } finally {
      engine()
          .server()
          .execute("REVOKE SELECT ON shop.* FROM PUBLIC", "REVOKE ALL ON test.* FROM PUBLIC");
    }
  }
}
