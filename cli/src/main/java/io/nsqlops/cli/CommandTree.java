package io.nsqlops.cli;

import io.nsqlops.cli.command.BackupCommand;
import io.nsqlops.cli.command.Command;
import io.nsqlops.cli.command.CompletionCommand;
import io.nsqlops.cli.command.DeadLettersCommand;
import io.nsqlops.cli.command.DemoCommand;
import io.nsqlops.cli.command.DiffCommand;
import io.nsqlops.cli.command.DoctorCommand;
import io.nsqlops.cli.command.ExportCommand;
import io.nsqlops.cli.command.ImportCommand;
import io.nsqlops.cli.command.InitCommand;
import io.nsqlops.cli.command.KeyCommand;
import io.nsqlops.cli.command.KibanaCommand;
import io.nsqlops.cli.command.ListCommand;
import io.nsqlops.cli.command.ManifestsCommand;
import io.nsqlops.cli.command.ManualCommand;
import io.nsqlops.cli.command.PinCommand;
import io.nsqlops.cli.command.PruneCommand;
import io.nsqlops.cli.command.RestoreCommand;
import io.nsqlops.cli.command.RootCommand;
import io.nsqlops.cli.command.ScheduleCommand;
import io.nsqlops.cli.command.ShipLogsCommand;
import io.nsqlops.cli.command.ShowCommand;
import io.nsqlops.cli.command.UnpinCommand;
import io.nsqlops.cli.command.VerifyCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** All commands by name, in the order the help shows them. */
final class CommandTree {
  private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("init", InitCommand::new);
    COMMANDS.put("backup", BackupCommand::new);
    COMMANDS.put("restore", RestoreCommand::new);
    COMMANDS.put("list", ListCommand::new);
    COMMANDS.put("show", ShowCommand::new);
    COMMANDS.put("diff", DiffCommand::new);
    COMMANDS.put("verify", VerifyCommand::new);
    COMMANDS.put("prune", PruneCommand::new);
    COMMANDS.put("pin", PinCommand::new);
    COMMANDS.put("unpin", UnpinCommand::new);
    COMMANDS.put("key", KeyCommand::new);
    COMMANDS.put("export", ExportCommand::new);
    COMMANDS.put("import", ImportCommand::new);
    COMMANDS.put("schedule", () -> new ScheduleCommand(Main::run));
    COMMANDS.put("ship-logs", ShipLogsCommand::new);
    COMMANDS.put("dead-letters", DeadLettersCommand::new);
    COMMANDS.put("kibana", KibanaCommand::new);
    COMMANDS.put("manifests", ManifestsCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
    COMMANDS.put("demo", DemoCommand::new);
    COMMANDS.put("completion", () -> new CompletionCommand(CommandTree::all));
    COMMANDS.put("manual", () -> new ManualCommand(CommandTree::all));
  }

  private CommandTree() {}

  private static CommandLine all() {
    return parser(new RootCommand(), List.of());
  }

  /** The parser for these arguments: where the first names a command, no other is looked at. */
  static CommandLine parser(RootCommand root, List<String> arguments) {
    CommandLine parser = new CommandLine(root);
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    Supplier<Command> only = COMMANDS.get(first);
    if (only != null) {
      parser.addSubcommand(first, only.get());
    } else {
      COMMANDS.forEach((name, command) -> parser.addSubcommand(name, command.get()));
    }
    return parser
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(false);
  }
}
