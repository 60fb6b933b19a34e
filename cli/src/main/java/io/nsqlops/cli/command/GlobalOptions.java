package io.nsqlops.cli.command;

import io.nsqlops.cli.output.OutputFormat;
import io.nsqlops.cli.output.ProgressReporter.Style;
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
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

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
