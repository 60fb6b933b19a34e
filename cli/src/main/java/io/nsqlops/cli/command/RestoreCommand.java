package io.nsqlops.cli.command;

import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.OtherServers;
import io.nsqlops.backup.flow.Pace;
import io.nsqlops.backup.flow.RateLimit;
import io.nsqlops.backup.flow.Rehearsal;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.cli.context.Connecting;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.Database;
import io.nsqlops.cli.options.ByteRate;
import io.nsqlops.cli.options.ContentOptions;
import io.nsqlops.cli.options.DatabaseOptions;
import io.nsqlops.cli.options.DefinerOptions;
import io.nsqlops.cli.options.RenameOptions;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.SelectionOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.RestoreView;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rebuilds databases from a backup. */
@CommandLine.Command(
    name = "restore",
    description = "Restore a backup, whole or in part, and prove that the result is equal.")
public final class RestoreCommand implements Command {
  private static final int MOST_NAMED = 10;
  private static final String LATEST = "latest";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BACKUP",
      description =
          "Which backup; default: ${DEFAULT-VALUE}, or that whose restore is unfinished in the target.")
  String backup = LATEST;

  @Option(names = "--target", paramLabel = "DB", description = "The server to restore into.")
  @Nullable String target;

  @Mixin final DatabaseOptions databases = new DatabaseOptions();
  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final SelectionOptions selection = new SelectionOptions();
  @Mixin final RenameOptions renames = new RenameOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--existing",
      paramLabel = "fail|skip|replace",
      description = "What to do about tables that exist already; default: fail.")
  Existing existing = Existing.FAIL;

  @Option(
      names = "--verify",
      paramLabel = "full|sample|none",
      description = "How much of the result is read back and compared; default: full.")
  Verify verify = Verify.FULL;

  @Option(
      names = "--users",
      description =
          "Restore accounts and their grants too. Those that exist stay as they are, or are replaced"
              + " with --existing replace; the account that restores always stays.")
  boolean users;

  @Option(names = "--dry-run", description = "Print the plan and do nothing.")
  boolean dryRun;

  @Mixin final ContentOptions content = new ContentOptions();
  @Mixin final DefinerOptions definers = new DefinerOptions();

  @Option(
      names = "--max-download-rate",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "Fetch at most this many stored bytes in a second. Default: no limit.")
  long maxDownloadRate;

  private RestorePlanner planner() {
    return new RestorePlanner(selection.selection(), renames.names(), users)
        .only(content.content())
        .definers(definers.policy());
  }

  @Override
  public Result run(Context context) {
    RestorePlanner planner = planner();
    Pace pace = new Pace(RateLimit.NONE, RateLimit.NONE, new RateLimit(maxDownloadRate));
    RestoreFlow.Request request = new RestoreFlow.Request(existing, verify, threads.count(), pace);
    if (dryRun && target == null) {
      return planned(context, planner);
    }
    Connecting connecting = Connecting.start(() -> databases.target(context, target));
    try (RepositoryOptions.Open open =
        dryRun ? repository.open(context) : repository.openForBulk(context)) {
      Database database = connecting.get();
      Instant started = context.clock().instant();
      try (SnapshotImporter importer = database.importer();
          SnapshotExporter reader = database.exporter();
          ProgressReporter progress = context.progress()) {
        String chosen = goingOn(importer, open.repository(), progress);
        RestorePlan plan = plan(context, planner, open.repository(), chosen);
        RestoreFlow flow = new RestoreFlow(open.repository(), importer, reader, progress);
        if (dryRun) {
          return rehearsed(flow.rehearse(plan, request));
        }
        RestoreFlow.Report report = flow.run(plan, request);
        Duration took = Duration.between(started, context.clock().instant());
        return result(report, database.server().address(), took);
      }
    }
  }

  /** What would be restored, whatever the target. */
  private Result planned(Context context, RestorePlanner planner) {
    try (RepositoryOptions.Open open = repository.open(context)) {
      RestorePlan plan = plan(context, planner, open.repository(), backup);
      return Result.of(RestoreView.json(plan), plan.describe());
    }
  }

  private RestorePlan plan(
      Context context, RestorePlanner planner, Repository from, String chosen) {
    BackupContents contents = BackupContents.read(from, chosen);
    if (chosen.equals(LATEST)) {
      OtherServers.latest(from, contents.manifest())
          .forEach((server, id) -> context.err().println(others(contents.manifest(), server, id)));
    }
    checkAccounts(contents);
    contents.manifest().restriction().ifPresent(r -> context.err().println("WARNING: " + r));
    requireRowsToReplace(contents.manifest());
    RestorePlan plan = planner.plan(contents.manifest(), contents.tables(), contents.objects());
    planner.notes().forEach(note -> context.err().println("WARNING: " + note));
    return plan;
  }

  private static String others(Manifest chosen, String server, String id) {
    return "WARNING: the latest backup, %s, is of %s; the latest of %s is %s"
        .formatted(chosen.id(), chosen.server().address(), server, id);
  }

  /** Whoever replaces tables wants their rows; `latest` may be of definitions only. */
  private void requireRowsToReplace(Manifest manifest) {
    boolean empty = manifest.scope().content() == Content.SCHEMA;
    if (empty && existing == Existing.REPLACE && content.content() != Content.SCHEMA) {
      throw new OpsException(
          ErrorKind.USAGE,
          manifest.id(),
          "backup %s holds definitions only: --existing replace would leave the tables empty"
              .formatted(manifest.id()),
          "name another backup, or add --schema-only if that is meant");
    }
  }

  /**
   * The same command again means the same backup, even if there is a later one by now: it may be of
   * this very target, half restored.
   */
  private String goingOn(SnapshotImporter importer, Repository from, ProgressReporter progress) {
    if (!backup.equals(LATEST)) {
      return backup;
    }
    String begun = RestoreFlow.begun(importer, from).orElse(backup);
    if (!begun.equals(backup)) {
      progress.warning(
          "the restore of " + begun + " is unfinished in the target: that one is meant");
    }
    return begun;
  }

  /** The plan, and what the target says to it. */
  private static Result rehearsed(Rehearsal rehearsal) {
    Result result = Result.of(RestoreView.json(rehearsal), RestoreView.text(rehearsal));
    return rehearsal.said().problems().isEmpty() ? result : result.falling(ErrorKind.USAGE);
  }

  private void checkAccounts(BackupContents contents) {
    if (users && contents.objects().stream().noneMatch(o -> o.kind() == Kind.ACCOUNT)) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--users",
          "backup " + contents.manifest().id() + " holds no accounts",
          "see with `nsql-ops show` why; leave --users out, and make the accounts by hand");
    }
  }

  private static Result result(RestoreFlow.Report report, String target, Duration took) {
    Result result =
        Result.of(RestoreView.json(report, target), RestoreView.text(report, target, took));
    if (!report.missing().isEmpty()) {
      return result.failing(withoutTables(report));
    }
    return report.warnings().isEmpty() ? result : result.failing(withoutObjects(report));
  }

  private static OpsException withoutObjects(RestoreFlow.Report report) {
    return new OpsException(
        ErrorKind.PARTIAL,
        report.id(),
        "all rows are restored, but "
            + Units.count(report.warnings().size(), "object")
            + " could not be created: "
            + String.join("; ", some(report.warnings(), "more object")),
        "mend what stands in their way (a right, a definer, a table that is missing); then the same"
            + " command with --existing skip makes views and programs that are not there, and"
            + " triggers, indexes, foreign keys and grants are to be made by hand; `nsql-ops diff`"
            + " shows what is missing, grants excepted");
  }

  private static OpsException withoutTables(RestoreFlow.Report report) {
    List<RestoreFlow.Missing> missing = report.missing();
    List<String> reasons =
        missing.stream().map(m -> m.as() + ": " + m.cause().getMessage()).toList();
    List<String> why = new ArrayList<>(some(reasons, "more table"));
    why.addAll(some(report.warnings(), "more object"));
    return new OpsException(
        ErrorKind.PARTIAL,
        missing.get(0).as().toString(),
        Units.count(missing.size(), "table") + " could not be restored: " + String.join("; ", why),
        "mend what stands in the way, then run the same command with --existing skip and --include "
            + missing.get(0).source()
            + (why.size() > 1 ? ", and those of what else is named" : ""));
  }

  /** The first of many: each was told as a warning when it came to light. */
  private static List<String> some(List<String> reasons, String what) {
    if (reasons.size() <= MOST_NAMED) {
      return reasons;
    }
    List<String> some = new ArrayList<>(reasons.subList(0, MOST_NAMED));
    some.add(Units.count(reasons.size() - MOST_NAMED, what) + ", named in the warnings above");
    return some;
  }
}
