package io.nsqlops.cli.command;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.repository.Manifests;
import io.nsqlops.backup.repository.Pins;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.BackupView;
import io.nsqlops.cli.output.Result;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Lists all backups. */
@CommandLine.Command(name = "list", description = "List the backups, oldest first.")
public final class ListCommand implements Command {
  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Override
  public Result run(Context context) {
    try (RepositoryOptions.Open open = repository.open(context)) {
      Repository from = open.repository();
      // one damaged manifest must not hide the backups that are intact
      Manifests found = Manifests.read(from, from.backupIds());
      List<Manifest> manifests = found.whole();
      Set<String> pins = new Pins(from).ids();
      ArrayNode json = JsonMapper.shared().createArrayNode();
      manifests.forEach(
          m -> json.add(BackupView.json(m, from.location()).put("pinned", pins.contains(m.id()))));
      Result result = Result.of(json, text(manifests, pins));
      return found.damaged().isEmpty() ? result : result.failing(found.damaged().get(0).why());
    }
  }

  private static List<String> text(List<Manifest> manifests, Set<String> pins) {
    return manifests.isEmpty() ? List.of("no backups yet") : BackupView.table(manifests, pins);
  }
}
