package io.nsqlops.cli.command;

import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.manual.ManPage;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Writes the manual pages. */
@CommandLine.Command(
    name = "manual",
    description = "Write the manual pages (section 1) into a directory.")
public final class ManualCommand implements Command {
  private final Supplier<CommandLine> commands;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where to, such as share/man/man1.")
  Path directory = Path.of("");

  /**
   * @param commands the parser of all commands
   */
  public ManualCommand(Supplier<CommandLine> commands) {
    this.commands = commands;
  }

  @Override
  public Result run(Context context) throws IOException {
    Files.createDirectories(directory);
    List<String> written = new ArrayList<>();
    ArrayNode json = JsonMapper.shared().createArrayNode();
    for (ManPage page : ManPage.of(commands.get(), Version.number())) {
      Path file = Files.writeString(directory.resolve(page.name()), page.text());
      written.add(file.toString());
      json.add(file.toString());
    }
    return Result.of(json, written);
  }
}
