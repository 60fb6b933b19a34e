package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Parts of a server on the command line. */
@NeedsBed(Bed.MARIADB)
class PartsTest {
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
    shop = Shop.fill(server, 1000);
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
    lines.done("init", repo);
  }

  @Test
  void aMisspeltPatternIsNoBackupOfNothing() {
    Run run = lines.run("backup", repo, "--source", shop.url(), "--include=shpo", "--include=shop");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("fits --include shpo").contains("HINT: ");
    assertThat(lines.done("list", repo, "--output=json").json()).isEmpty();
  }

  /** The schedule goes on meanwhile, and backs up the half restored server. */
  @Test
  void theLatestBackupIsTheOneWhoseRestoreIsUnfinished() throws SQLException {
    String first =
        lines
            .done("backup", repo, "--source", shop.url(), "--output=json")
            .json()
            .path("id")
            .asString();
    lines.done("backup", repo, "--source", shop.url());
    // as a restore of the first leaves it that was interrupted
    shop.execute(
        "CREATE DATABASE nsql_ops_restore",
        "CREATE TABLE nsql_ops_restore.mark (one TINYINT PRIMARY KEY, restore_id VARCHAR(190))",
        "INSERT INTO nsql_ops_restore.mark VALUES (1, '" + first + "/1234')");
    Run rehearsed = lines.run("restore", repo, "--target", shop.url(), "--dry-run");
    assertThat(rehearsed.out()).contains("restore of backup " + first);
    assertThat(rehearsed.err()).contains("the restore of " + first + " is unfinished");
    Run half = lines.done("backup", repo, "--source", shop.url(), "--output=json");
    String marked = "is marked by an unfinished restore of " + first;
    assertThat(half.err()).containsOnlyOnce(marked);
    assertThat(half.json().path("warnings").toString()).contains(marked);
    Run doctor = lines.run("doctor", repo, "--source", shop.url());
    assertThat(doctor.out()).contains("FIX   source      restore", first);
    shop.execute("DROP DATABASE nsql_ops_restore");
    rehearsed = lines.run("restore", repo, "--target", shop.url(), "--dry-run");
    assertThat(rehearsed.out()).doesNotContain(first);
  }

  /** Servers are told apart by their addresses: this one has two. */
  @Test
  void ofSeveralServersItIsToldWhoseBackupIsTheLatest() {
    String other = shop.url().replace("127.0.0.1", "localhost");
    lines.done("backup", repo, "--source", other);
    String[] latest = {"restore", repo, "--dry-run"};
    assertThat(lines.done(latest).err()).doesNotContain("WARNING");
    lines.done("backup", repo, "--source", shop.url());
    JsonNode all = lines.done("list", repo, "--output=json").json();
    String told =
        "WARNING: the latest backup, %s, is of %s; the latest of %s is %s\n"
            .formatted(
                all.get(1).path("id").asString(),
                all.get(1).path("server").asString(),
                all.get(0).path("server").asString(),
                all.get(0).path("id").asString());
    assertThat(told).contains(" of 127.0.0.1:").contains(" of localhost:");
    assertThat(lines.done(latest).err()).contains(told);
    Run named = lines.done("restore", all.get(0).path("id").asString(), repo, "--dry-run");
    assertThat(named.err()).doesNotContain("WARNING");
  }

  @Test
  void anEmptyNameIsNoBackup() {
    lines.done("backup", repo, "--source", shop.url());
    for (String command : List.of("restore", "show", "verify", "diff")) {
      List<String> call = new ArrayList<>(List.of(command, "", repo));
      if (command.equals("restore")) {
        call.add("--dry-run");
      } else if (command.equals("diff")) {
        call.addAll(List.of("--source", shop.url()));
      }
      Run run = lines.run(call.toArray(String[]::new));
      assertThat(run.code()).as(command).isEqualTo(2);
      assertThat(run.err()).contains("is empty", "HINT: ", "latest");
    }
  }

  @Test
  void aRehearsalNamesWhatItWouldReplace() throws SQLException {
    shop.execute("CREATE OR REPLACE USER cashier@'10.%'");
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP TABLE shop.visit", "CREATE OR REPLACE USER clerk@'10.%'");
    lines.done("backup", repo, "--source", shop.url(), "--tag=later=yes");
    shop.execute("DROP USER cashier@'10.%'");
    String[] replace = {
      "restore", repo, "--target", shop.url(), "--existing=replace", "--users", "--dry-run"
    };
    Run text = lines.done(replace);
    assertThat(text.out())
        .contains("drop table shop.item\n", "drop table shop.sale\n", "drop view shop.cheap\n")
        .contains("\nreplace account 'clerk'@'10.%'", "\ncreate account 'cashier'@'10.%'")
        .contains("\nleave account 'ops'@'127.0.0.1'")
        .doesNotContain("visit");
    List<String> json = new ArrayList<>(List.of(replace));
    json.add("--output=json");
    JsonNode rehearsed = lines.done(json.toArray(String[]::new)).json();
    assertThat(rehearsed.path("drops"))
        .extracting(d -> d.path("kind").asString() + " " + d.path("name").asString())
        .containsExactlyInAnyOrder("table item", "table sale", "view cheap");
    assertThat(rehearsed.path("accountsMade"))
        .extracting(JsonNode::asString)
        .containsExactly("'cashier'@'10.%'");
    assertThat(rehearsed.path("accountsReplaced"))
        .extracting(JsonNode::asString)
        .contains("'clerk'@'10.%'");
    assertThat(rehearsed.path("accountsLeft"))
        .extracting(JsonNode::asString)
        .contains("'ops'@'127.0.0.1'");
    assertThat(shop.one("SELECT COUNT(*) FROM shop.item")).isEqualTo("1000");
    shop.execute("DROP USER clerk@'10.%'");
  }

  /** As one who may create tables can hide from, or deceive, one who looks after them. */
  @Test
  void namesDoNotReachTheTerminalAsTheyAre() throws SQLException {
    String name = "a\u001b[2Kb\nc";
    shop.execute("CREATE TABLE shop.`" + name + "` (id INT)");
    Run backup = lines.done("backup", repo, "--source", shop.url(), "--include=shop.a*");
    Run show = lines.done("show", repo, "--tables");
    Run plan = lines.done("restore", repo, "--dry-run");
    shop.execute("DROP TABLE shop.`" + name + "`");
    Run diff = lines.run("diff", repo, "--source", shop.url());
    for (Run run : List.of(backup, show, plan, diff)) {
      assertThat(run.out() + run.err()).doesNotContain("\u001b");
    }
    for (Run run : List.of(show, plan, diff)) {
      assertThat(run.out()).contains("shop.a\\u001b[2Kb\\nc");
    }
    JsonNode contents = lines.done("show", repo, "--output=json").json().path("contents");
    assertThat(contents.get(0).path("table").asString()).isEqualTo("shop." + name);
  }

  @Test
  void someRowsOfATable() throws SQLException {
    Run wrong =
        lines.run("backup", repo, "--source", shop.url(), "--where", "shop.item=no_such > 1");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("shop.item", "no_such > 1");
    Run open = lines.run("backup", repo, "--source", shop.url(), "--where", "shop.item=id > (1");
    assertThat(open.code()).isEqualTo(2);
    assertThat(open.err()).contains("parenthesis");

    JsonNode backup =
        lines
            .done(
                "backup",
                repo,
                "--source",
                shop.url(),
                "--include=shop.item",
                "--where=shop.item=id <= 10 OR id = 500",
                "--max-read-rate=100MiB",
                "--max-upload-rate=1GB",
                "--lock-wait=5s",
                "--output=json")
            .json();
    assertThat(backup.path("rows").asInt()).isEqualTo(11);
    assertThat(backup.path("partial").asBoolean()).isTrue();
    assertThat(lines.done("list", repo).out()).contains("some rows");
    assertThat(lines.done("show", repo).out()).contains("of shop.item rows where id <= 10 OR");
    assertThat(lines.run("diff", repo, "--source", shop.url()).code()).isZero();

    Run dry =
        lines.run("restore", repo, "--target", shop.url(), "--dry-run", "--max-download-rate=9k");
    assertThat(dry.code()).isEqualTo(2);
    assertThat(dry.out()).contains("load table shop.item: 11 rows", "exist already");
    lines.done("restore", repo, "--target", shop.url(), "--rename=shop.item=shop.few");
    assertThat(shop.one("SELECT COUNT(*) FROM shop.few")).isEqualTo("11");
  }

  @Test
  void definitionsOrRowsAlone() throws SQLException {
    Run both = lines.run("backup", repo, "--source", shop.url(), "--schema-only", "--data-only");
    assertThat(both.code()).isEqualTo(2);
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP DATABASE shop");
    lines.done("restore", repo, "--target", shop.url(), "--schema-only");
    assertThat(shop.one("SELECT COUNT(*) FROM shop.item")).isEqualTo("0");
    Run triggers = lines.run("restore", repo, "--target", shop.url(), "--data-only");
    assertThat(triggers.code()).isEqualTo(2);
    assertThat(triggers.err()).contains("shop.sale has triggers");
    shop.execute("DROP TRIGGER shop.shout");
    JsonNode filled =
        lines.done("restore", repo, "--target", shop.url(), "--data-only", "--output=json").json();
    assertThat(filled.path("verified").asInt()).isEqualTo(3300);
    Run diff = lines.run("diff", repo, "--source", shop.url());
    assertThat(diff.out())
        .contains("trigger shop.shout: only in the first")
        .contains("0 of 3 tables differ in rows, 1 definition differs");
  }

  @Test
  void definersAreToldAndMapped() throws SQLException {
    shop.execute("CREATE DEFINER=`gone`@`%` VIEW shop.old AS SELECT 1 AS one");
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP DATABASE shop");
    Run dry = lines.done("restore", repo, "--target", shop.url(), "--dry-run");
    assertThat(dry.out()).contains("note: definer gone@% does not exist", "view shop.old");
    Run wrong = lines.run("restore", repo, "--target", shop.url(), "--definer-map=gone");
    assertThat(wrong.code()).isEqualTo(2);
    lines.done("restore", repo, "--target", shop.url(), "--definer-map=gone@%=ops@127.0.0.1");
    assertThat(shop.one("SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_NAME='old'"))
        .isEqualTo("ops@127.0.0.1");
  }
}
