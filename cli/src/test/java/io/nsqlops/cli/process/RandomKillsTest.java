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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Many kills of each flow, at any moment: what is committed stays whole. Two hundred with {@code
 * -Dnsqlops.kills=200}; each takes a second or two.
 */
@Tag("slow")
@NeedsBed(Bed.MARIADB)
class RandomKillsTest {
  private static final int KILLS = Integer.getInteger("nsqlops.kills", 25);
  private static final int ITEMS = 60_000;

  /** After so many kills the repository is looked at. */
  private static final int LOOK = 20;

  @TempDir static Path home;
  private static MariaDbServer server;
  private final Random random = new Random(20_261_125);
  private Shop shop;
  @TempDir Path directory;
  private CliProcess.Lines lines;
  private String repo;
  private int kills;

  @BeforeAll
  static void start() {
    server = MariaDbServer.start(home, "--innodb-flush-log-at-trx-commit=0");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void init() throws SQLException {
    shop = Shop.fill(server, ITEMS);
    shop.execute(
        "USE shop",
        "INSERT INTO shop.visit SELECT '2026-11-25' + INTERVAL seq % 500 SECOND,"
            + " LEFT(SHA1(seq), 20) FROM seq_1_to_60000");
    lines = new CliProcess.Lines(directory);
    repo = "--repo=" + directory.resolve("repository");
    lines.done("init", repo);
  }

  @AfterEach
  void tidy() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Runs a command and kills it somewhere in the time it takes; whether it was through before. */
  private boolean survives(long millis, String... command) throws Exception {
    CliProcess process = lines.start(command);
    // the first part is the start of Java, where nothing can break
    long moment = millis / 5 + random.nextLong(millis);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(moment);
    while (process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    boolean killed = process.isAlive();
    process.kill();
    Run run = process.finish();
    if (run.code() == 137) {
      kills++;
      // The server ends the statement that it was at, and what it drops is there until then.
      Conditions.await(() -> shop.sessions() == 0);
      return false;
    }
    assertThat(killed && run.code() != 0).as(run.err()).isFalse();
    assertThat(run.code()).as(run.err()).isZero();
    return true;
  }

  /** How long a command takes that nobody kills. */
  private long millis(String... command) {
    long began = System.nanoTime();
    lines.done(command);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private List<String> backups() {
    List<String> ids = new ArrayList<>();
    for (JsonNode backup : lines.done("list", repo, "--output=json").json()) {
      ids.add(backup.path("id").asString());
    }
    return ids;
  }

  private long manifests() throws IOException {
    Path backups = directory.resolve("repository").resolve("backups");
    try (Stream<Path> files = Files.walk(backups)) {
      return files.filter(f -> f.endsWith("manifest")).filter(f -> f.toFile().length() > 0).count();
    }
  }

  private void requireWhole() {
    backups().forEach(id -> lines.done("verify", id, repo));
  }

  private void change() throws SQLException {
    int from = random.nextInt(ITEMS);
    shop.execute(
        "UPDATE shop.item SET price=price+1 WHERE id BETWEEN %d AND %d"
            .formatted(from, from + 500));
  }

  @Test
  void backupsAreWholeOrAreNone() throws Exception {
    String[] backup = {"backup", repo, "--source", shop.url()};
    long millis = millis(backup);
    while (kills < KILLS) {
      change();
      long before = manifests();
      boolean through = survives(millis, backup);
      // one that is killed behind its commit counts, though nobody was told
      assertThat(manifests() - before).isBetween(through ? 1L : 0L, 1L);
      if (kills % LOOK == LOOK - 1) {
        requireWhole();
        lines.done("prune", repo, "--keep-last=2");
      }
    }
    lines.done(backup);
    requireWhole();
    lines.done("diff", repo, "--source", shop.url());
  }

  @Test
  void prunesTakeNothingThatIsNeeded() throws Exception {
    String[] backup = {"backup", repo, "--source", shop.url()};
    String[] prune = {"prune", repo, "--keep-last=2", "--break-lock"};
    lines.done(backup);
    long millis = millis(prune);
    while (kills < KILLS) {
      change();
      lines.done(backup);
      for (int i = 0; i < 5; i++) {
        survives(millis, prune);
      }
      if (kills % LOOK < 5) {
        requireWhole();
      }
    }
    lines.done(prune);
    assertThat(backups()).hasSize(2);
    requireWhole();
    lines.done("diff", repo, "--source", shop.url());
  }

  /** A restore that is killed as it ends, its mark gone already, is through. */
  private boolean restored() throws SQLException {
    return !shop.one("SHOW DATABASES LIKE 'shop'").isEmpty()
        && shop.one("SHOW DATABASES LIKE 'nsql_ops_restore'").isEmpty();
  }

  @Test
  void restoresLandEveryRowOnce() throws Exception {
    lines.done("backup", repo, "--source", shop.url());
    shop.execute("DROP DATABASE shop");
    String[] restore = {"restore", repo, "--target", shop.url()};
    long millis = millis(restore);
    int through = 0;
    while (kills < KILLS || through == 0) {
      shop.execute("DROP DATABASE shop");
      int attempts = 0;
      // What is to be read back at the end takes as long each time: on a machine that has become
      // slower the next attempt needs more time than the first restore took.
      while (!survives(millis * (1 + attempts / 5), restore) && !restored()) {
        attempts++;
        assertThat(attempts).as("attempts until one restore was through").isLessThan(KILLS * 3);
      }
      through++;
      lines.done("diff", repo, "--source", shop.url());
      assertThat(shop.one("SHOW DATABASES LIKE 'nsql_ops_restore'")).isEmpty();
    }
  }
}
