package io.nsqlops.backup.engine.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.engine.mysql.MysqlExporter;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.MARIADB)
class SessionTableReaderTest {
  private static void requireTransient(ThrowingCallable call) {
    OpsException e = catchThrowableOfType(OpsException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(e.hint()).contains("dropped during the backup");
  }

  @Test
  void aTableThatGoesMeanwhileIsWorthAnotherTry(@TempDir Path home) throws Exception {
    try (MariaDbServer server = MariaDbServer.start(home, "--log-bin")) {
      server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
      Connections connections =
          new Connections(DatabaseUri.parse("mysql://root@127.0.0.1:" + server.port()), () -> "");
      ServerInfo info;
      try (Session session = connections.open(List.of())) {
        info = Connections.identify(session, connections.address());
      }
      try (Snapshot snapshot = new MysqlExporter(connections, info).open(1);
          TableReader reader = snapshot.reader()) {
        Table table = reader.describe(new TableName("shop", "item"));
        server.execute("DROP TABLE shop.item");
        requireTransient(() -> reader.describe(table.name()));
        requireTransient(() -> reader.count(table));
      }
    }
  }
}
