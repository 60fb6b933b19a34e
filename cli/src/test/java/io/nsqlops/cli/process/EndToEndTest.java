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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command line as a user has it, on a real server and a directory. */
@NeedsBed(Bed.MARIADB)
class EndToEndTest {
  private static final int ITEMS = 20_000;

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
  void fill() throws SQLException {
    shop = Shop.fill(server, ITEMS);
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
  }

  @Test
  void backUpDamageRestoreAndProve() throws SQLException {
    lines.done("init", repo);
    JsonNode backup =
        lines
            .done("backup", repo, "--source", shop.url(), "--tag=why=test", "--output=json")
            .json();
    assertThat(backup.path("engine").asString()).isEqualTo("mariadb");
    assertThat(backup.path("tables").asInt()).isEqualTo(3);
    assertThat(backup.path("rows").asInt()).isEqualTo(ITEMS + 2300);
    assertThat(backup.path("tags").path("why").asString()).isEqualTo("test");

    shop.execute(
        "UPDATE shop.item SET price=0 WHERE id=777",
        "DELETE FROM shop.item WHERE id=1500",
        "INSERT INTO shop.item (id, name) VALUES (1000000, 'new')",
        "DROP TABLE shop.sale");
    Run differs = lines.run("diff", repo, "--source", shop.url(), "--output=json");
    assertThat(differs.code()).as(differs.err()).isEqualTo(4);
    assertThat(differs.json().path("equal").asBoolean()).isFalse();
    assertThat(differs.json().path("differences"))
        .extracting(d -> d.path("table").asString())
        .containsExactlyInAnyOrder("shop.item", "shop.sale");

    Run refused = lines.run("restore", repo, "--target", shop.url());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--existing");
    JsonNode restored =
        lines
            .done("restore", repo, "--target", shop.url(), "--existing=replace", "--output=json")
            .json();
    assertThat(restored.path("id")).isEqualTo(backup.path("id"));
    assertThat(restored.path("rows").asInt()).isEqualTo(ITEMS + 2300);
    assertThat(restored.path("verified").asInt()).isEqualTo(ITEMS + 2300);

    Run equal = lines.done("diff", repo, "--source", shop.url());
    assertThat(equal.out()).contains("equal: 3 tables, every row and every definition");
    shop.execute("DROP VIEW shop.cheap");
    Run definitions = lines.run("diff", repo, "--source", shop.url());
    assertThat(definitions.code()).isEqualTo(4);
    assertThat(definitions.out()).contains("view shop.cheap: only in the first");
    lines.done("restore", repo, "--target", shop.url(), "--existing=replace");
    assertThat(shop.one("SELECT COUNT(*) FROM shop.cheap")).isNotEqualTo("0");
  }

  @Test
  void aSecondBackupUploadsWhatChanged() throws SQLException {
    lines.done("init", repo);
    JsonNode first = lines.done("backup", repo, "--source", shop.url(), "--output=json").json();
    shop.execute("UPDATE shop.item SET price=1 WHERE id=3");
    JsonNode second = lines.done("backup", repo, "--source", shop.url(), "--output=json").json();

    assertThat(first.path("newChunks").asInt()).isPositive();
    assertThat(second.path("newChunks").asInt()).isEqualTo(1);
    assertThat(second.path("newBytes").asLong()).isLessThan(first.path("newBytes").asLong());
    JsonNode list = lines.done("list", repo, "--output=json").json();
    assertThat(list)
        .extracting(b -> b.path("id"))
        .containsExactly(first.path("id"), second.path("id"));

    String one = first.path("id").asString();
    Run diff = lines.run("diff", one, "latest", repo);
    assertThat(diff.code()).isEqualTo(4);
    assertThat(diff.out()).contains("shop.item").contains("1 changed");
    assertThat(lines.done("show", one, repo, "--tables").out()).contains("shop.visit");
    JsonNode show = lines.done("show", repo, "--output=json").json();
    assertThat(show.path("id")).isEqualTo(second.path("id"));
    assertThat(show.path("contents")).hasSize(3);
    assertThat(show.path("objects"))
        .extracting(o -> o.path("kind").asString())
        .contains("view", "trigger", "database");
  }

  @Test
  void partsAreRestoredUnderAnotherName() throws SQLException {
    lines.done("init", repo);
    lines.done("backup", repo, "--source", shop.url());
    Run plan =
        lines.done("restore", repo, "--include=shop.item", "--rename=shop=copy", "--dry-run");
    assertThat(plan.out()).contains("shop.item as copy.item").doesNotContain("visit");

    lines.done(
        "restore", repo, "--target", shop.url(), "--include=shop.item", "--rename=shop=copy");
    assertThat(shop.one("SELECT COUNT(*) FROM copy.item")).isEqualTo(String.valueOf(ITEMS));
    shop.execute("DROP DATABASE copy");
  }

  @Test
  void accountsComeBackOnRequest() throws SQLException {
    String cashier = "'cashier'@'10.%'";
    String hash = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";
    shop.execute(
        "CREATE OR REPLACE USER " + cashier + " IDENTIFIED BY 'secret'",
        "GRANT SELECT ON shop.* TO " + cashier);
    lines.done("init", repo);
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP USER " + cashier, "DROP DATABASE shop");

    Run show = lines.done("show", repo, "--output=json");
    assertThat(show.out()).contains(cashier).doesNotContain(hash);
    assertThat(lines.done("show", repo).out()).contains(" accounts");
    Run plan = lines.done("restore", repo, "--users", "--dry-run");
    assertThat(plan.out()).contains("create account " + cashier).doesNotContain(hash);
    Run restored = lines.done("restore", repo, "--users", "--target", shop.url());

    assertThat(restored.out()).contains("accounts  1 made; left as they are: ");
    assertThat(restored.out()).contains("'ops'@'127.0.0.1'").doesNotContain(hash);
    assertThat(shop.one("SHOW CREATE USER " + cashier)).contains(hash);
    assertThat(shop.one("SELECT COUNT(*) FROM mysql.db WHERE User='cashier' AND Db='shop'"))
        .isEqualTo("1");
    shop.execute("DROP USER " + cashier);
  }

  @Test
  void whoMayNotReadAccountsBacksUpTheRest() throws SQLException {
    lines.done("init", repo);
    shop.execute(
        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM ops@'127.0.0.1'",
        "GRANT RELOAD ON *.* TO ops@'127.0.0.1'",
        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.* TO ops@'127.0.0.1'");

    Run backup = lines.done("backup", repo, "--source", shop.url(), "--output=json");

    assertThat(backup.err()).contains("WARNING: accounts are not in the backup: the right SELECT");
    assertThat(backup.json().path("warnings")).hasSize(2);
    assertThat(backup.err()).contains("routines of shop cannot be seen");
    Run doctor = lines.run("doctor", repo, "--source", shop.url());
    assertThat(doctor.code()).isEqualTo(2);
    assertThat(doctor.out()).contains("FIX   source      accounts").contains("ON mysql.*");
    Run users = lines.run("restore", repo, "--users", "--target", shop.url());
    assertThat(users.code()).isEqualTo(2);
    assertThat(users.err()).contains("holds no accounts").contains("nsql-ops show");
  }

  @Test
  void aFlippedByteIsFound() throws IOException, SQLException {
    lines.done("init", repo);
    lines.done("backup", repo, "--source", shop.url());
    assertThat(lines.done("verify", repo).out()).contains("intact");
    assertThat(lines.done("verify", repo, "--budget=1k").out()).contains("goes on from there");
    assertThat(lines.done("verify", repo, "--budget=5GiB").out()).contains("intact: every chunk");
    Path chunk = largestChunk();
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[bytes.length / 2] ^= 1;
    Files.write(chunk, bytes);

    Run damaged = lines.run("verify", repo, "--output=json");

    assertThat(damaged.code()).isEqualTo(4);
    JsonNode json = damaged.json();
    assertThat(json.path("intact").asBoolean()).isFalse();
    assertThat(json.path("damages")).hasSize(1);
    JsonNode damage = json.path("damages").get(0);
    assertThat(damage.path("table").asString()).isEqualTo("shop.item");
    assertThat(damage.path("range").asString()).matches("\\(.+ \\.\\. .+]");
    assertThat(damage.path("object").asString()).endsWith(chunk.getFileName().toString());
    assertThat(json.path("kind").asString()).isEqualTo("verification-failed");
    assertThat(damaged.err())
        .contains("ERROR: 1 of")
        .contains("shop.item, keys (")
        .contains("HINT");

    shop.execute("DROP DATABASE shop");
    Run restore = lines.run("restore", repo, "--target", shop.url(), "--output=json");
    assertThat(restore.code()).isEqualTo(4);
    assertThat(restore.json().path("kind").asString()).isEqualTo("verification-failed");
    assertThat(restore.json().path("object").asString()).isEqualTo("shop.item");
    assertThat(restore.err())
        .contains("WARNING: not restored: shop.item: ")
        .contains("ERROR: all is restored but the rows of 1 table: shop.item: ")
        .contains("run the same command again");
    assertThat(shop.one("SELECT COUNT(*) FROM shop.sale")).isNotEqualTo("0");

    bytes[bytes.length / 2] ^= 1;
    Files.write(chunk, bytes);
    lines.done("restore", repo, "--target", shop.url());
    assertThat(lines.done("diff", repo, "--source", shop.url()).code()).isZero();
  }

  @Test
  void aRestoreThatLacksManyViewsNamesSomeInItsError() throws SQLException {
    for (int i = 10; i < 22; i++) {
      shop.execute("CREATE VIEW shop.v" + i + " AS SELECT id FROM shop.item");
    }
    lines.done("init", repo);
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP DATABASE shop");

    Run restore =
        lines.run("restore", repo, "--target", shop.url(), "--include=shop.v??", "--output=json");

    assertThat(restore.code()).as(restore.err()).isEqualTo(3);
    assertThat(restore.json().path("warnings")).hasSize(12);
    assertThat(restore.err())
        .contains("WARNING: could not create view shop.v21: ")
        .contains("12 objects could not be created: could not create view shop.v10: ")
        .contains("; 2 more objects, named in the warnings above");
  }

  @Test
  void whatIsWrongIsSaidWithItsOwnCode() {
    Run none = lines.run("backup", repo, "--source", shop.url(), "--output=json");
    assertThat(none.code()).isEqualTo(10);
    assertThat(none.json().path("kind").asString()).isEqualTo("no-repository");
    lines.done("init", repo);

    Run password =
        lines.with("NSQL_OPS_DB_PASSWORD", "wrong").run("backup", repo, "--source", shop.url());
    assertThat(password.code()).isEqualTo(2);
    assertThat(password.err()).contains("HINT: ").contains("NSQL_OPS_DB_PASSWORD");

    assertThat(lines.with("NSQL_OPS_PASSPHRASE", "wrong").run("list", repo).code()).isEqualTo(12);
    assertThat(lines.with("NSQL_OPS_PASSPHRASE", "").run("list", repo).code()).isEqualTo(12);

    Run scheme = lines.run("backup", repo, "--source", shop.url().replace("mysql:", "tidb:"));
    assertThat(scheme.code()).isEqualTo(2);
    assertThat(scheme.err()).contains("is mariadb").contains("HINT: write mariadb://");

    Run unreachable = lines.run("backup", repo, "--source", "mysql://ops@127.0.0.1:1");
    assertThat(unreachable.code()).isEqualTo(75);

    assertThat(lines.run("show", "2019", repo).code()).isEqualTo(2);
  }

  @Test
  void repositoryAndSecretsComeFromEnvironmentAndFiles() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), CliProcess.PASSWORD + "\n");
    Path phrase = Files.writeString(directory.resolve("phrase"), CliProcess.PASSPHRASE + "\n");
    CliProcess.Lines bare =
        lines
            .with("NSQL_OPS_DB_PASSWORD", "")
            .with("NSQL_OPS_PASSPHRASE", "")
            .with("NSQL_OPS_REPO", directory.resolve("repository").toString());
    bare.done("init", "--passphrase-file=" + phrase);
    bare.done(
        "backup",
        "--source=" + shop.url(),
        "--password-file=" + password,
        "--passphrase-file=" + phrase);
    lines.done("list", repo);
  }

  @Test
  void doctorTriesItAndSaysWhatToFix() throws SQLException {
    lines.done("init", repo);
    JsonNode well =
        lines
            .done("doctor", repo, "--source", shop.url(), "--target", shop.url(), "--output=json")
            .json();
    assertThat(well.path("ok").asBoolean()).isTrue();
    assertThat(well.path("checks"))
        .extracting(c -> c.path("subject").asString())
        .contains("here", "repository", "source", "target");

    shop.execute("CREATE TABLE shop.lost (id INT)", "ALTER TABLE shop.lost DISCARD TABLESPACE");
    Run lost = lines.run("doctor", repo, "--source", shop.url());
    assertThat(lost.out()).contains("FIX   source      read").contains("a backup leaves it out");
    shop.execute("DROP TABLE shop.lost");
    shop.execute("REVOKE ALL ON *.* FROM ops@'127.0.0.1'", "SET GLOBAL local_infile=0");
    try {
      Run ill = lines.run("doctor", repo, "--source", shop.url(), "--target", shop.url());
      assertThat(ill.code()).isEqualTo(2);
      assertThat(ill.out()).contains("FIX   source      snapshot").contains("RELOAD");
      assertThat(ill.out()).contains("ok    target      load").contains("local_infile=ON");
    } finally {
      shop.execute("SET GLOBAL local_infile=1");
    }
  }

  /** With fewer, a backup would miss something in silence. */
  @Test
  void theRightsThatDoctorNamesAreEnough() throws SQLException {
    lines.done("init", repo);
    shop.execute(
        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM ops@'127.0.0.1'",
        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, RELOAD, SHOW DATABASES ON *.* TO"
            + " ops@'127.0.0.1'");

    JsonNode backup = lines.done("backup", repo, "--source", shop.url(), "--output=json").json();

    assertThat(backup.path("tables").asInt()).isEqualTo(3);
    JsonNode show = lines.done("show", repo, "--output=json").json();
    assertThat(show.path("objects"))
        .extracting(o -> o.path("kind").asString())
        .contains("view", "trigger");
    assertThat(lines.run("doctor", repo, "--source", shop.url()).code()).isZero();
  }

  private Path largestChunk() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("repository").resolve("chunks"))) {
      List<Path> chunks = files.filter(Files::isRegularFile).toList();
      return chunks.stream().max((a, b) -> Long.compare(size(a), size(b))).orElseThrow();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
