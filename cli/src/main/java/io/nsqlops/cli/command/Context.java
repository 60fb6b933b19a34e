package io.nsqlops.cli.command;

import io.nsqlops.cli.output.ProgressReporter;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command.
 *
 * @param environment of the process
 * @param err for progress
 * @param style of progress
 */
public record Context(
    Adapters adapters,
    UnaryOperator<@Nullable String> environment,
    Clock clock,
    PrintStream err,
    ProgressReporter.Style style) {

  /** An environment variable; one that is set to nothing counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(v -> !v.isEmpty());
  }

  /** Begins to report progress; to be closed before the result is printed. */
  public ProgressReporter progress() {
    return ProgressReporter.start(err, style);
  }
}
