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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that end in the middle, and the same command again. */
@NeedsBed(Bed.MARIADB)
class KilledTest {
  private static final int ITEMS = 250_000;
  private static final String LEDGER =
      "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA='nsql_ops_restore'"
          + " AND TABLE_NAME='ledger'";
  private static final String LANDED = "SELECT COUNT(*) FROM nsql_ops_restore.ledger";

  @TempDir static Path home;
  private static MariaDbServer server;
  private static Shop shop;
  @TempDir Path directory;
  private CliProcess.Lines lines;
  private String repo;

  @BeforeAll
  static void start() throws SQLException {
    server = MariaDbServer.start(home, "--innodb-flush-log-at-trx-commit=0");
    shop = Shop.fill(server, ITEMS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void init() {
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
    lines.done("init", repo);
  }

  @Test
  void aKilledBackupIsNoneAndTheNextGoesOn() throws Exception {
    CliProcess backup = lines.start("backup", repo, "--threads=1", "--source", shop.url());
    Conditions.awaitWhile(backup, () -> chunks() >= 2);
    backup.kill();
    assertThat(backup.finish().code()).isEqualTo(137);
    assertThat(lines.done("list", repo, "--output=json").json()).isEmpty();
    long stored = chunks();

    JsonNode again = lines.done("backup", repo, "--source", shop.url(), "--output=json").json();

    assertThat(again.path("rows").asInt()).isEqualTo(ITEMS + 2300);
    assertThat(again.path("chunks").asLong() - again.path("newChunks").asLong())
        .as("chunks that the killed run had stored")
        .isGreaterThanOrEqualTo(stored - 1);
    lines.done("verify", repo);
    lines.done("diff", repo, "--source", shop.url());
  }

  @Test
  void aKilledRestoreGoesOnWhereItWas() throws Exception {
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP DATABASE shop");
    String[] restore = {"restore", repo, "--threads=1", "--target", shop.url()};
    CliProcess first = lines.start(restore);
    Conditions.awaitWhile(
        first, () -> !shop.one(LEDGER).isEmpty() && !shop.one(LANDED).equals("0"));
    first.kill();
    assertThat(first.finish().code()).isEqualTo(137);

    Run again = lines.done(restore);

    assertThat(again.out()).contains("all rows were read back and are equal");
    lines.done("diff", repo, "--source", shop.url());
    assertThat(shop.one(LEDGER)).isEmpty();
  }

  @Test
  void onSigtermItSaysSoAndLeavesNoSession() throws Exception {
    CliProcess backup = lines.start("backup", repo, "--threads=1", "--source", shop.url());
    Conditions.awaitWhile(backup, () -> chunks() >= 1);
    backup.terminate();

    Run run = backup.finish();

    assertThat(run.code()).as(run.err()).isEqualTo(130);
    assertThat(run.err()).contains("ERROR: interrupted").contains("HINT: ");
    Conditions.await(() -> shop.sessions() == 0);
    assertThat(lines.done("list", repo, "--output=json").json()).isEmpty();
  }

  private long chunks() throws IOException {
    Path chunks = directory.resolve("repository").resolve("chunks");
    if (!Files.exists(chunks)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(chunks)) {
      return files.filter(f -> f.getFileName().toString().length() == 64).count();
    }
  }
}
