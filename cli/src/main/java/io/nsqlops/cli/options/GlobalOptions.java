package io.nsqlops.cli.options;

import io.nsqlops.cli.output.OutputFormat;
import io.nsqlops.cli.output.ProgressReporter.Style;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command. */
public final class GlobalOptions {
  @Option(
      names = "--output",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      description = "Form of the result on stdout. Everything else goes to stderr.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "No progress, only warnings, errors and the result.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more on stderr; -vv says all.")
  boolean[] verbose = {};

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "A YAML file for what neither an option nor the environment says.")
  @Nullable Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  /** The configuration file, if one was named. */
  public Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  public int verbosity() {
    return verbose.length;
  }

  /** How progress is told. */
  public Style style(boolean terminal) {
    if (quiet) {
      return Style.QUIET;
    }
    return terminal && verbosity() == 0 ? Style.BAR : Style.LINES;
  }
}
