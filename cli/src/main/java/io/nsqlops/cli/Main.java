package io.nsqlops.cli;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.command.Command;
import io.nsqlops.cli.command.RootCommand;
import io.nsqlops.cli.config.ConfigFile;
import io.nsqlops.cli.context.Adapters;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.OutputFormat;
import io.nsqlops.cli.output.Printer;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.StderrLogging;
import io.nsqlops.cli.output.Version;
import io.nsqlops.cli.output.VisibleStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command. */
public final class Main {
  private final Adapters adapters;
  private final PrintStream out;
  private final PrintStream err;
  private final Interruption interruption;

  private Main(Adapters adapters, PrintStream out, PrintStream err, Interruption interruption) {
    this.adapters = adapters;
    this.out = out;
    this.err = VisibleStream.of(err);
    this.interruption = interruption;
  }

  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(Version.line());
      return;
    }
    Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
    Interruption interruption = Interruption.onSignals();
    PrintStream out = System.out;
    // stdout is for the result alone, whatever a library thinks it has to print
    System.setErr(VisibleStream.of(System.err));
    System.setOut(System.err);
    Main main = new Main(new Wiring(), out, System.err, interruption);
    System.exit(main.run(List.of(arguments)));
  }

  /**
   * Runs one command inside this process.
   *
   * @return the exit code
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    return new Main(new Wiring(), out, err, Interruption.none()).run(arguments);
  }

  private int run(List<String> arguments) {
    Printer printer = new Printer(out, err, OutputFormat.wanted(arguments));
    RootCommand root = new RootCommand();
    CommandLine parser = CommandTree.parser(root, arguments);
    parser.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    try {
      ParseResult parsed = parser.parseArgs(arguments.toArray(String[]::new));
      if (CommandLine.printHelpIfRequested(parsed)) {
        return ExitCodes.DONE;
      }
      StderrLogging.verbosity(root.global().verbosity());
      Result result = command(parsed).run(context(root));
      printer.result(result);
      return result.whyNotDone().map(ExitCodes::of).orElse(ExitCodes.DONE);
    } catch (ParameterException e) {
      return failed(printer, Failures.of(e), false);
    } catch (Throwable t) {
      boolean signalled = interruption.wasSignalled();
      OpsException told = signalled ? Failures.interrupted() : Failures.of(t);
      boolean defect = told.kind() == ErrorKind.INTERNAL;
      return failed(printer, told, defect || root.global().verbosity() > 0);
    }
  }

  private int failed(Printer printer, OpsException failure, boolean trace) {
    if (trace) {
      failure.printStackTrace(err);
    }
    printer.error(failure);
    return ExitCodes.of(failure.kind());
  }

  private static Command command(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return (Command) innermost.commandSpec().userObject();
  }

  private Context context(RootCommand root) {
    return new Context(
        adapters,
        System::getenv,
        root.global().config().map(ConfigFile::read).orElse(null),
        Clock.systemUTC(),
        err,
        root.global().style(Boolean.getBoolean("nsqlops.terminal")),
        interruption);
  }

  /** A thread of ours or of a library died. A process without memory must not limp on. */
  private static void uncaught(Thread thread, Throwable failure) {
    System.err.println("thread " + thread.getName() + " failed:");
    failure.printStackTrace(System.err);
    if (failure instanceof VirtualMachineError) {
      Runtime.getRuntime().halt(1);
    }
  }
}
