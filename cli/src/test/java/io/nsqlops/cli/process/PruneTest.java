package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Retention as a user has it. */
@NeedsBed(Bed.MARIADB)
class PruneTest {
  @TempDir static Path home;
  private static MariaDbServer server;
  @TempDir Path directory;
  private CliProcess.Lines lines;
  private String repo;
  private final List<String> ids = new ArrayList<>();

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
    Shop shop = Shop.fill(server, 2000);
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
    lines.done("init", repo);
    for (int i = 0; i < 3; i++) {
      shop.execute("UPDATE shop.item SET price=" + i);
      ids.add(
          lines
              .done("backup", repo, "--source", shop.url(), "--output=json")
              .json()
              .path("id")
              .asString());
    }
  }

  @Test
  void plansThenRemovesAndSparesWhatIsPinned() {
    lines.done("pin", ids.get(0), repo);
    Run planned = lines.done("prune", repo, "--keep-last=1", "--dry-run");
    assertThat(planned.out().lines().toList())
        .anyMatch(l -> l.startsWith(ids.get(0)) && l.endsWith("keep    pinned"))
        .anyMatch(l -> l.startsWith(ids.get(1)) && l.endsWith("remove  no rule keeps it"))
        .anyMatch(l -> l.startsWith(ids.get(2)) && l.endsWith("keep    last"))
        .anyMatch(l -> l.startsWith("would remove 1 backup and free"));
    assertThat(lines.done("list", repo, "--output=json").json()).hasSize(3);

    Run pruned = lines.done("prune", repo, "--keep-last=1", "--output=json");
    assertThat(pruned.err()).contains(ids.get(1));
    JsonNode json = pruned.json();
    assertThat(json.path("removed").asInt()).isEqualTo(1);
    assertThat(json.path("freedBytes").asLong()).isPositive();
    assertThat(json.path("freedChunks").asInt()).isPositive();
    assertThat(json.path("backups")).hasSize(3);

    JsonNode list = lines.done("list", repo, "--output=json").json();
    assertThat(list)
        .extracting(b -> b.path("id").asString(), b -> b.path("pinned").asBoolean())
        .containsExactly(tuple(ids.get(0), true), tuple(ids.get(2), false));
    lines.done("verify", ids.get(0), repo);
    lines.done("verify", ids.get(2), repo);

    lines.done("unpin", ids.get(0), repo);
    lines.done("prune", repo, "--keep-daily=1", "--quiet");
    assertThat(lines.done("list", repo, "--output=json").json()).hasSize(1);
  }

  @Test
  void aLockSaysWhoHoldsItAndHowToBreakIt() throws IOException {
    lines.done("prune", repo, "--keep-last=3");
    Path lease = directory.resolve("repository/leases/prune/0000000001");
    // what stands there cannot be read, but it is young
    Files.write(lease, new byte[] {1});
    Run locked = lines.run("prune", repo, "--keep-last=1", "--output=json");
    assertThat(locked.code()).isEqualTo(11);
    assertThat(locked.json().path("kind").asString()).isEqualTo("locked");
    assertThat(locked.err()).contains("HINT: ").contains("--break-lock");

    lines.done("prune", repo, "--keep-last=1", "--break-lock");
    assertThat(lines.done("list", repo, "--output=json").json()).hasSize(1);
  }

  /** Slow: cron counts in minutes. */
  @Tag("slow")
  @Test
  void theScheduleTakesPruneTasks() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("nsql-ops.yaml"),
            """
            source: mysql://ops@127.0.0.1:1
            repository: %s
            secrets: { passphrase: env:NSQL_OPS_PASSPHRASE }
            schedule:
              - { task: prune, cron: "* * * * *", keep: { last: 1, within: 0s, tags: { a: b } } }
            """
                .formatted(directory.resolve("repository")));
    CliProcess daemon = lines.start("schedule", "--config=" + config, "--output=json");
    Path gone = directory.resolve("repository/backups/" + ids.get(0) + "/manifest");
    Conditions.awaitWhile(daemon, () -> !Files.exists(gone));
    daemon.terminate();
    Run stopped = daemon.finish();
    assertThat(stopped.code()).as(stopped.err()).isZero();
    assertThat(stopped.json().path("failures").asInt()).isZero();
  }
}
