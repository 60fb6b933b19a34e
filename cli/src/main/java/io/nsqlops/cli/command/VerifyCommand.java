package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.VerifyFlow;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.ByteSize;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.output.ComparisonView;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks stored data. */
@CommandLine.Command(
    name = "verify",
    description = "Read everything a backup needs and check that it decodes to what it was.")
public final class VerifyCommand implements Command {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BACKUP",
      description = "Which backup; default: ${DEFAULT-VALUE}.")
  String backup = "latest";

  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--budget",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "Read at most this much of the repository: 5GiB. The next run with a budget goes on where"
              + " this one ends, so that in time all is read. Default: everything.")
  @Nullable Long budget;

  @Override
  public Result run(Context context) {
    int workers = threads.count();
    try (RepositoryOptions.Open open = repository.openForBulk(context);
        ProgressReporter progress = context.progress()) {
      VerifyFlow flow = new VerifyFlow(open.repository(), progress);
      VerifyFlow.Report report =
          budget == null ? flow.run(backup, workers) : flow.run(backup, workers, budget);
      Result result = Result.of(ComparisonView.json(report), ComparisonView.text(report));
      return report.damages().isEmpty() ? result : result.failing(damaged(report));
    }
  }

  private static OpsException damaged(VerifyFlow.Report report) {
    VerifyFlow.Damage first = report.damages().get(0);
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        first.object(),
        "%s of %s %s damaged or missing, the first: %s"
            .formatted(
                Units.count(report.damages().size()),
                Units.count(report.chunks(), "chunk"),
                report.damages().size() == 1 ? "is" : "are",
                first),
        "make a backup: it stores again what is damaged here, and where the rows are still the same"
            + " that mends this backup too; or put the named objects back from a copy of the"
            + " repository");
  }
}
