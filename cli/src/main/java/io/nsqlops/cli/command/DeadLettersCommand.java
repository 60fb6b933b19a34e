package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.DeadLettersView;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.DeadLetterSummary;
import io.nsqlops.logs.flow.ReplayDeadLetters;
import io.nsqlops.logs.sink.KeptLetters;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What Elasticsearch refused. */
@CommandLine.Command(
    name = "dead-letters",
    description =
        "Show the documents Elasticsearch refused, or send them again. --config FILE names the log"
            + " shipper they are of; it may be running.")
public final class DeadLettersCommand implements Command {
  enum Action {
    LIST,
    REPLAY
  }

  @Parameters(
      index = "0",
      paramLabel = "list|replay",
      description =
          "list: count them by data stream and reason, with examples; replay: send them again:"
              + " what is taken now is no dead letter any more, what is refused again stays with the"
              + " new reason.")
  Action action = Action.LIST;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "For replay: give up when Elasticsearch took nothing for so long (default:"
              + " ${DEFAULT-VALUE}).")
  int patience;

  @Override
  public Result run(Context context) throws InterruptedException {
    LogsConfig config = context.requireFile().requireLogs();
    if (patience < 1) {
      throw new OpsException(
          ErrorKind.USAGE, "--patience", "--patience must be at least 1", "leave it out for 30");
    }
    try {
      return action == Action.LIST ? list(context, config) : replay(context, config);
    } catch (UncheckedIOException e) {
      throw new OpsException(
          ErrorKind.TRANSIENT,
          config.stateDirectory().toString(),
          e.getMessage() + ": " + e.getCause(),
          "look at the disk it is on; no letter is lost, the same command goes on",
          e);
    }
  }

  private static Result list(Context context, LogsConfig config) {
    DeadLetterSummary summary = new DeadLetterSummary();
    try (KeptLetters letters = context.adapters().deadLetters(config, false)) {
      Optional<KeptLetters.Kept> next = letters.next();
      while (next.isPresent()) {
        summary.add(next.get());
        next = letters.next();
      }
      return DeadLettersView.list(summary, letters.unreadable());
    }
  }

  private Result replay(Context context, LogsConfig config) throws InterruptedException {
    try (KeptLetters letters = context.adapters().deadLetters(config, true)) {
      ReplayDeadLetters replay = new ReplayDeadLetters(letters, config.delivery().batchBytes());
      replay.run(
          refused -> context.adapters().redelivery(config, refused, Duration.ofSeconds(patience)));
      long stay = replay.refused() + letters.unreadable();
      Result result =
          DeadLettersView.replayed(replay.accepted(), replay.refused(), letters.unreadable());
      return stay == 0 ? result : result.failing(remaining(stay));
    }
  }

  private static OpsException remaining(long stay) {
    return new OpsException(
        ErrorKind.PARTIAL,
        "dead letters",
        Units.count(stay, "dead letter") + (stay == 1 ? " stays" : " stay"),
        "see why with nsql-ops dead-letters list");
  }
}
