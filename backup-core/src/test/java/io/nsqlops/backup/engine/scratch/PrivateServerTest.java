package io.nsqlops.backup.engine.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.engine.ScriptSession;
import io.nsqlops.backup.engine.mysql.MysqlScripts;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MysqlRelease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateServerTest {
  @TempDir Path directory;

  @Test
  void mariadbOfThisMachine() throws IOException {
    String path = System.getenv("PATH");
    try {
      Programs.of(path).server("mariadb");
      Programs.of(path).require("mariadb-install-db");
    } catch (OpsException e) {
      assumeTrue(false, e.getMessage());
    }
    servesAndLeavesNothing("mariadb", path, Dialect.MARIADB);
  }

  @Test
  @NeedsBed(Bed.MYSQL9)
  void mysqlOnThePath() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path program = bin.resolve("mysqld");
    String command =
        MysqlRelease.V9.command().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
    Files.writeString(
        program, "#!/bin/sh\n[ \"$1\" = --no-defaults ] && shift\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

    servesAndLeavesNothing("mysql", bin.toString(), Dialect.MYSQL);
  }

  private void servesAndLeavesNothing(String engine, String path, Dialect dialect)
      throws IOException {
    Path below = directory.resolve("below");
    int port;
    try (ScratchServer server = PrivateServer.start(engine, path, below)) {
      port = server.address().port();
      Connections connections = new Connections(server.address(), server::password);
      ServerInfo info;
      try (Session session = connections.open(List.of())) {
        info = Connections.identify(session, connections.address());
      }
      assertThat(info.engine()).isEqualTo(engine);
      MysqlScripts scripts = new MysqlScripts(connections, info, dialect);
      assertThat(scripts.databases()).isEmpty();
      assertThat(scripts.runsEvents()).isFalse();
      try (ScriptSession session = scripts.session()) {
        session.run(RawText.ofUtf8("CREATE DATABASE made").bytes());
      }
      assertThat(scripts.databases()).containsExactly("made");
      Connections without = new Connections(server.address(), () -> "");
      OpsException e = catchThrowableOfType(OpsException.class, () -> without.open(List.of()));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    }
    try (Stream<Path> left = Files.list(below)) {
      assertThat(left).isEmpty();
    }
    // nobody listens there any more
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void withoutAServerThereIsAHint() {
    Programs nowhere = new Programs(List.of(directory));
    OpsException e = catchThrowableOfType(OpsException.class, () -> nowhere.server("mysql"));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e).hasMessageContaining("no mysqld (mysql) is on the PATH");
    assertThat(e.hint()).contains("--scratch");
  }
}
