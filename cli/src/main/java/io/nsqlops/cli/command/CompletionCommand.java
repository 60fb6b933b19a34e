package io.nsqlops.cli.command;

import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.manual.Shell;
import io.nsqlops.cli.output.Result;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Prints what makes a shell complete our commands. */
@CommandLine.Command(
    name = "completion",
    description = "Print the completion script of a shell.",
    footer = {
      "",
      "bash: source <(nsql-ops completion bash)",
      "zsh:  source <(nsql-ops completion zsh)",
      "fish: nsql-ops completion fish | source"
    })
public final class CompletionCommand implements Command {
  private final Supplier<CommandLine> commands;

  @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "Which shell.")
  Shell shell = Shell.BASH;

  /**
   * @param commands the parser of all commands
   */
  public CompletionCommand(Supplier<CommandLine> commands) {
    this.commands = commands;
  }

  @Override
  public Result run(Context context) {
    String script = shell.completion(commands.get());
    return Result.of(
        JsonMapper.shared().createObjectNode().put("script", script),
        script.stripTrailing().lines().toList());
  }
}
