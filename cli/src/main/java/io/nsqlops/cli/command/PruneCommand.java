package io.nsqlops.cli.command;

import io.nsqlops.backup.flow.prune.PruneFlow;
import io.nsqlops.backup.flow.prune.PruneRequest;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.RetentionOptions;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.ProgressReporter.Style;
import io.nsqlops.cli.output.PruneView;
import io.nsqlops.cli.output.Result;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes old backups. */
@CommandLine.Command(
    name = "prune",
    description =
        "Remove the backups that no --keep rule keeps, then what only they needed. Safe beside"
            + " running backups.")
public final class PruneCommand implements Command {
  /** What the backups are counted by. */
  enum GroupBy {
    SERVER,
    NONE
  }

  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final RetentionOptions retention = new RetentionOptions();

  @Option(
      names = "--group-by",
      paramLabel = "server|none",
      description =
          "Whether each server's backups are counted by themselves; default: server. Those of parts"
              + " of a server always are, apart from those of all of it.")
  GroupBy groupBy = GroupBy.SERVER;

  @Option(
      names = "--grace",
      paramLabel = "D",
      description =
          "Leave what unfinished backups uploaded for so long, as the next may need it; default:"
              + " ${DEFAULT-VALUE}.")
  String grace = "24h";

  @Option(names = "--dry-run", description = "Print the plan; change nothing.")
  boolean dryRun;

  @Option(
      names = "--remove-damaged",
      description = "Remove damaged backups, too, unless they are pinned.")
  boolean removeDamaged;

  @Option(
      names = "--remove-future",
      description =
          "Remove backups that are in the future, made under a wrong clock, too, unless they are"
              + " pinned or there are no others.")
  boolean removeFuture;

  @Option(
      names = "--break-lock",
      description = "Take over from another prune without waiting for its lock to run out.")
  boolean breakLock;

  @Override
  public Result run(Context context) {
    PruneRequest request =
        new PruneRequest(
            retention.policy(),
            groupBy == GroupBy.SERVER,
            RetentionOptions.duration("--grace", grace),
            removeDamaged,
            removeFuture,
            breakLock);
    try (RepositoryOptions.Open open = repository.open(context);
        ProgressReporter progress = context.progress()) {
      PruneFlow flow = new PruneFlow(open.repository(), context.clock(), progress);
      if (dryRun) {
        return PruneView.planned(flow.plan(request));
      }
      return PruneView.done(
          flow.run(
              request,
              plan -> {
                if (context.style() != Style.QUIET) {
                  PruneView.table(plan).forEach(context.err()::println);
                }
              }));
    }
  }
}
