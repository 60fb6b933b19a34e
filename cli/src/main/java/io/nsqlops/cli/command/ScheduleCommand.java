package io.nsqlops.cli.command;

import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.config.ScheduleTask;
import io.nsqlops.backup.config.TaskKind;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.BackupGroup;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.schedule.TaskSchedule;
import io.nsqlops.backup.schedule.TimedTask;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** The daemon: runs the tasks of the configuration file at their times until it is stopped. */
@CommandLine.Command(
    name = "schedule",
    description = "Run the tasks of --config FILE at their times, until stopped.")
public final class ScheduleCommand implements Command {
  /** How long running tasks may go on after a signal. */
  private static final Duration GRACE = Duration.ofSeconds(100);

  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  /** Runs a command line in this process; returns its exit code. */
  public interface Runner {
    int run(List<String> arguments, PrintStream out, PrintStream err);
  }

  private final Runner runner;

  public ScheduleCommand(Runner runner) {
    this.runner = runner;
  }

  @Override
  public Result run(Context context) throws InterruptedException {
    BackupConfig config = context.requireFile().backup();
    if (config.schedule().isEmpty()) {
      throw usage("the configuration file has no schedule", "say there which task runs when");
    }
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    List<TimedTask> tasks = new ArrayList<>();
    for (ScheduleTask task : config.schedule()) {
      tasks.add(timed(task, tasks.size(), context, runs, failures));
    }
    try (TaskSchedule schedule = TaskSchedule.start(tasks, context.clock())) {
      context.interrupts().stopBy(schedule::stop, GRACE.plusSeconds(5));
      schedule.awaitStop();
      boolean ended = schedule.finish(GRACE);
      Result result =
          Result.of(
              JsonMapper.shared()
                  .createObjectNode()
                  .put("runs", runs.get())
                  .put("failures", failures.get()),
              List.of(
                  "ran " + Units.count(runs.get(), "task") + ", " + failures.get() + " failed"));
      return ended ? result : result.failing(cutShort());
    }
  }

  private TimedTask timed(
      ScheduleTask task, int number, Context context, AtomicInteger runs, AtomicInteger failures) {
    List<String> line = new ArrayList<>(task.commandLine());
    line.addAll(List.of("--config", context.requireFile().path().toString(), "--quiet"));
    String name = number + "-" + task.kind().command();
    return new TimedTask(
        name,
        task.cron().expression(),
        task.timeZone(),
        () -> task.kind() == TaskKind.BACKUP ? lastBackup(context, task) : Optional.empty(),
        () -> {
          say(context, name + " begins");
          int code = runner.run(line, context.err(), context.err());
          runs.incrementAndGet();
          if (code != 0) {
            failures.incrementAndGet();
          }
          say(context, name + " ended with " + code);
        });
  }

  private static void say(Context context, String text) {
    context.err().println(context.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " " + text);
  }

  /**
   * When the newest backup of the same server and the same parts began; empty if there is none or
   * it cannot be told now.
   */
  private Optional<Instant> lastBackup(Context context, ScheduleTask task) {
    String address =
        context.requireFile().backup().source().map(s -> s.host() + ":" + s.port()).orElse("");
    Scope scope = new Scope(new Selection(task.include(), task.exclude()));
    BackupGroup wanted = BackupGroup.of(address, scope);
    try (RepositoryOptions.Open open = repository.open(context)) {
      Repository there = open.repository();
      List<String> ids = new ArrayList<>(there.backupIds());
      Collections.reverse(ids);
      return ids.stream()
          .flatMap(id -> there.lookUp(id).stream())
          .filter(m -> BackupGroup.of(m.server().address(), m.scope()).equals(wanted))
          .findFirst()
          .map(Manifest::started);
    } catch (OpsException e) {
      context.err().println("cannot tell when the last backup ran: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static OpsException usage(String message, String hint) {
    return new OpsException(ErrorKind.USAGE, "schedule", message, hint);
  }

  private static OpsException cutShort() {
    return new OpsException(
        ErrorKind.PARTIAL,
        "schedule",
        "a task was still running when the time to stop was over",
        "nothing is lost: the next backup takes over what is stored");
  }
}
