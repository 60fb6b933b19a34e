package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Out of a repository and into one on the command line. */
@NeedsBed(Bed.MARIADB)
class MoveTest {
  @TempDir static Path home;
  private static MariaDbServer server;
  @TempDir Path directory;
  private Shop shop;
  private CliProcess.Lines lines;
  private String repo;

  @BeforeAll
  static void start() {
    server = MariaDbServer.start(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void backUp() throws SQLException {
    shop = Shop.fill(server, 500);
    server.execute("DROP DATABASE IF EXISTS test");
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
    lines.done("init", repo);
    lines.done("backup", repo, "--source", shop.url());
  }

  @Test
  void outAndInAgain() throws SQLException {
    Path to = directory.resolve("out");
    JsonNode out = lines.done("export", repo, "--to=" + to, "--output=json").json();
    assertThat(out.path("rows").asInt()).isEqualTo(2800);
    assertThat(out.path("format").asString()).isEqualTo("dumpling");
    Run again = lines.run("export", repo, "--to=" + to);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty", "HINT: ");

    Run full = lines.run("import", to.toString(), repo, "--scratch=" + shop.url());
    assertThat(full.code()).isEqualTo(2);
    assertThat(full.err()).contains("holds databases: shop");
    shop.execute("DROP DATABASE shop");
    JsonNode in =
        lines
            .done("import", to.toString(), repo, "--scratch=" + shop.url(), "--output=json")
            .json();
    assertThat(in.path("importedFrom").asString()).isEqualTo("dumpling");
    assertThat(in.path("newChunks").asInt()).isZero();
    assertThat(in.path("tags").path("imported-from").asString()).isEqualTo("dumpling");
    assertThat(lines.run("diff", repo, "--source", shop.url()).code()).isZero();
    assertThat(shop.one("SELECT COUNT(*) FROM shop.cheap")).isNotEqualTo("0");
  }

  @Test
  void someOfItUnderAnotherNameInOneScript() throws IOException {
    Path to = directory.resolve("out");
    lines.done(
        "export",
        repo,
        "--to=" + to,
        "--format=sql",
        "--include=shop.item",
        "--rename=shop=store",
        "--users");
    try (var files = Files.list(to)) {
      Path script = files.findFirst().orElseThrow();
      assertThat(Files.getPosixFilePermissions(script)).hasSize(2);
      assertThat(Files.readString(script))
          .contains("USE `store`", "INSERT INTO `item`", "CREATE USER", "-- complete")
          .doesNotContain("`sale`");
    }
    Run users = lines.run("export", repo, "--to=" + directory.resolve("two"), "--users");
    assertThat(users.code()).isEqualTo(2);
    assertThat(users.err()).contains("--format sql");
  }

  @Test
  void damageHasItsOwnCode() throws IOException {
    Path chunk;
    try (var files = Files.walk(directory.resolve("repository").resolve("chunks"))) {
      chunk = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[bytes.length / 2] ^= 1;
    Files.write(chunk, bytes);
    Run run = lines.run("export", repo, "--to=" + directory.resolve("out"), "--output=json");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.json().path("error").asString()).matches("shop\\.\\w+, keys \\(.*");
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
