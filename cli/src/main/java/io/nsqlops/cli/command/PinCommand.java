package io.nsqlops.cli.command;

import io.nsqlops.backup.repository.Pins;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.Result;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a backup from being pruned. */
@CommandLine.Command(name = "pin", description = "Let no prune remove a backup.")
public final class PinCommand implements Command {
  @Parameters(index = "0", paramLabel = "BACKUP", description = "Which backup.")
  String backup = "";

  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Override
  public Result run(Context context) {
    try (RepositoryOptions.Open open = repository.open(context)) {
      String id = open.repository().find(backup).id();
      new Pins(open.repository()).pin(id, context.clock().instant());
      return Result.of(
          JsonMapper.shared().createObjectNode().put("id", id).put("pinned", true),
          List.of("pinned    " + id));
    }
  }
}
