package io.nsqlops.cli.command;

import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.DiffFlow;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.DatabaseOptions;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.SelectionOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.output.ComparisonView;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.Result;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed. */
@CommandLine.Command(
    name = "diff",
    description =
        "Compare two backups, or a backup with the live server. Exit code 4: they differ.")
public final class DiffCommand implements Command {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BACKUP",
      description = "The first side; default: ${DEFAULT-VALUE}.")
  String first = "latest";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BACKUP2",
      description = "The second side, unless --source is.")
  @Nullable String second;

  @Option(
      names = "--source",
      paramLabel = "DB",
      description = "The live server as the second side.")
  @Nullable String source;

  @Mixin final DatabaseOptions databases = new DatabaseOptions();
  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final SelectionOptions selection = new SelectionOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Override
  public Result run(Context context) {
    checkSides(context);
    int workers = threads.count();
    try (RepositoryOptions.Open open = repository.openForBulk(context);
        ProgressReporter progress = context.progress()) {
      DiffFlow flow = new DiffFlow(open.repository(), progress);
      DiffFlow.Report report =
          second != null
              ? flow.backups(first, second, selection.selection())
              : live(context, flow, workers);
      Result result = Result.of(ComparisonView.json(report), ComparisonView.text(report));
      return report.equal() ? result : result.falling(ErrorKind.VERIFICATION_FAILED);
    }
  }

  private void checkSides(Context context) {
    boolean nothing = second == null && databases.sourceAddress(context, source).isEmpty();
    if (nothing || (second != null && source != null)) {
      throw new OpsException(
          ErrorKind.USAGE,
          "diff",
          nothing ? "there is nothing to compare with" : "there are two second sides",
          "give either a second backup or --source");
    }
  }

  private DiffFlow.Report live(Context context, DiffFlow flow, int workers) {
    try (SnapshotExporter server = databases.source(context, source).exporter()) {
      return flow.live(first, server, selection.selection(), workers);
    }
  }
}
