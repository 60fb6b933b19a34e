package io.nsqlops.cli.command;

import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.ContentsView;
import io.nsqlops.cli.output.Result;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one backup. */
@CommandLine.Command(name = "show", description = "Show one backup in full.")
public final class ShowCommand implements Command {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BACKUP",
      description = "Which backup; default: ${DEFAULT-VALUE}.")
  String backup = "latest";

  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--tables", description = "List its tables, too.")
  boolean tables;

  @Override
  public Result run(Context context) {
    try (RepositoryOptions.Open open = repository.open(context)) {
      BackupContents contents = BackupContents.read(open.repository(), backup);
      return Result.of(
          ContentsView.json(contents, open.repository().location()),
          ContentsView.text(contents, tables));
    }
  }
}
