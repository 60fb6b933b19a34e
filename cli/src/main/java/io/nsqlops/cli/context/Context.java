package io.nsqlops.cli.context;

import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.config.Configuration;
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
 * @param file the configuration file, null if none was named
 * @param err for progress
 * @param style of progress
 */
public record Context(
    Adapters adapters,
    UnaryOperator<@Nullable String> environment,
    @Nullable Configuration file,
    Clock clock,
    PrintStream err,
    ProgressReporter.Style style,
    Interrupts interrupts) {

  /** An environment variable; one that is set to nothing counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(v -> !v.isEmpty());
  }

  /** The backup side of the configuration file, if there is a file. */
  public Optional<BackupConfig> backupConfig() {
    return Optional.ofNullable(file).map(Configuration::backup);
  }

  /** The configuration file, for a command that cannot do without. */
  public Configuration requireFile() {
    if (file == null) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--config",
          "this command needs a configuration file",
          "add --config FILE");
    }
    return file;
  }

  /** Begins to report progress; to be closed before the result is printed. */
  public ProgressReporter progress() {
    return ProgressReporter.start(err, style);
  }
}
