package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.DatabaseUri;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBed(Bed.MARIADB)
class ConnectionsTest {
  @TempDir static Path home;
  private static MariaDbServer server;

  @BeforeAll
  static void start() {
    server = MariaDbServer.start(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Connections connections(String parameters) {
    return new Connections(
        DatabaseUri.parse("mysql://root@127.0.0.1:" + server.port() + parameters), () -> "");
  }

  @Test
  void aSessionThatCannotBeSetUpIsClosed() {
    Connections connections = connections("");
    try (Session watching = connections.open(List.of())) {
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> connections.open(List.of("SET SESSION no_such_thing=1")));
      assertThat(MysqlErrors.code(e)).isEqualTo(1193);
      Catalogue catalogue = new Catalogue(watching, connections.address());
      String others =
          "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
              + " WHERE ID<>CONNECTION_ID() AND USER='root'";
      Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
      while (!catalogue.one(others).equals("0") && Instant.now().isBefore(deadline)) {
        Thread.onSpinWait();
      }
      assertThat(catalogue.one(others)).isEqualTo("0");
    }
  }

  @Test
  void aParameterTheDriverDoesNotKnowIsRefused() {
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> connections("?sslMod=VERIFY_CA").open(List.of()));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("sslMod");
    connections("?sslMode=PREFERRED").open(List.of()).close();
  }

  @Test
  void aDatabaseInTheAddressIsRefused() {
    OpsException e = catchThrowableOfType(OpsException.class, () -> connections("/shop"));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.hint()).contains("/shop").contains("--include");
    connections("/").open(List.of()).close();
  }

  @Test
  void aDriverThatCompressesIsRefused() {
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> connections("?useCompression=true").open(List.of()));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("useCompression=true");
    connections("?useCompression=false").open(List.of()).close();
  }
}
