package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process. Slow: cron counts in minutes. */
@Tag("slow")
@NeedsBed(Bed.MARIADB)
class ScheduleTest {
  @TempDir Path home;
  @TempDir Path directory;

  @Test
  void firesABackupAndEndsInOrder() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(home)) {
      Shop shop = Shop.fill(server, 500);
      CliProcess.Lines lines = new CliProcess.Lines(directory);
      String repo = "--repo=" + directory.resolve("repository");
      Path config =
          Files.writeString(
              directory.resolve("nsql-ops.yaml"),
              """
              cluster: shop
              source: %s
              repository: %s
              secrets: { db-password: env:NSQL_OPS_DB_PASSWORD, passphrase: env:NSQL_OPS_PASSPHRASE }
              schedule:
                - { task: backup, cron: "* * * * *" }
              """
                  .formatted(shop.url(), directory.resolve("repository")));
      lines.done("init", repo);

      CliProcess daemon = lines.start("schedule", "--config=" + config, "--output=json");
      Path backups = directory.resolve("repository").resolve("backups");
      Conditions.awaitWhile(daemon, () -> Files.exists(backups));
      daemon.terminate();
      Run stopped = daemon.finish();

      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(stopped.json().path("runs").asInt()).isPositive();
      assertThat(stopped.json().path("failures").asInt()).isZero();
      assertThat(lines.done("list", repo, "--output=json").json()).isNotEmpty();
    }
  }
}
