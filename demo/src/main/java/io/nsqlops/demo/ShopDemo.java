package io.nsqlops.demo;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.command.Demo;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.StderrLogging;
import io.nsqlops.demo.shop.SampleShop;
import io.nsqlops.demo.shop.ShopSize;
import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The story: a sample shop is backed up, damaged and restored; logs are shipped; time passes. */
public final class ShopDemo implements Demo {
  private static final String ROWS = "NSQL_OPS_DEMO_ROWS";
  private static final long STANDARD_ROWS = 1_100_000;

  /** The longest that servers were seen to take to end. */
  private static final Duration CLEANING_UP = Duration.ofSeconds(15);

  private static final String ADMINISTRATOR = "admin";

  @Override
  public Result play(Context context) throws Exception {
    Narrator narrator = new Narrator(context.err());
    Thread story = Thread.currentThread();
    context
        .interrupts()
        .stopBy(
            () -> {
              narrator.fallSilent();
              StderrLogging.silence();
              story.interrupt();
            },
            CLEANING_UP);
    Report report = new Report();
    try (Workspace workspace = Workspace.create();
        Servers servers = new Servers(workspace.directory(), narrator)) {
      play(size(context), narrator, report, workspace, servers);
    } catch (BedException e) {
      // An interrupt surfaces in whatever was waited for.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      throw Checks.failed("an embedded server", String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw Checks.failed("the sample shop", "cannot be used: " + e.getMessage());
    }
    narrator.act("What was shown");
    return report.result();
  }

  private static void play(
      ShopSize size, Narrator narrator, Report report, Workspace workspace, Servers servers)
      throws Exception {
    servers.install();
    long start = System.nanoTime();
    narrator.say(
        "Everything happens in " + workspace.directory() + ", which is deleted at the end");
    servers.beginSearch();
    MariaDbServer database = servers.startDatabase();
    SampleShop shop = new SampleShop(database::connect, size);
    Path password = workspace.secret("password");
    shop.createAdministrator(ADMINISTRATOR, Files.readString(password).strip());
    Stage stage =
        new Stage(
            narrator,
            new Commands(narrator),
            report,
            servers,
            workspace,
            "mariadb://" + ADMINISTRATOR + "@" + database.host() + ":" + database.port(),
            workspace.directory().resolve("repository"),
            password,
            workspace.secret("passphrase"));
    timed(report, "backup, restore", () -> new BackupAct(stage, shop).play());
    timed(report, "logs", () -> new LogAct(stage, database.logFile()).play());
    timed(report, "schedule", () -> new ScheduleAct(stage, shop).play());
    report.seconds("in all", Duration.ofNanos(System.nanoTime() - start));
  }

  @FunctionalInterface
  private interface Act {
    void play() throws Exception;
  }

  private static void timed(Report report, String name, Act act) throws Exception {
    long start = System.nanoTime();
    act.play();
    report.seconds(name, Duration.ofNanos(System.nanoTime() - start));
  }

  private static ShopSize size(Context context) {
    String rows = context.variable(ROWS).orElse(Long.toString(STANDARD_ROWS));
    try {
      return ShopSize.ofRows(Long.parseLong(rows));
    } catch (NumberFormatException e) {
      throw new OpsException(
          ErrorKind.USAGE, ROWS, ROWS + " is not a number: " + rows, "set it to 20000, say", e);
    }
  }
}
