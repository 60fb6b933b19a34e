package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** Plays the demonstration, where it is at hand. */
@CommandLine.Command(
    name = "demo",
    description = "The whole story on embedded servers: backup, damage, restore, logs, schedule.")
public final class DemoCommand implements Command {

  @Override
  public Result run(Context context) throws Exception {
    Demo demo =
        ServiceLoader.load(Demo.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new OpsException(
                        ErrorKind.USAGE,
                        "demo",
                        "the demonstration is not part of this installation",
                        "run ./nsql-ops demo in a source checkout"));
    return demo.play(context);
  }
}
