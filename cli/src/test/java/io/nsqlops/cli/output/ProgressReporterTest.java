package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.output.ProgressReporter.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void drawsOneLineAndWipesIt() {
    try (ProgressReporter reporter = ProgressReporter.start(err, Style.BAR)) {
      reporter.phase("backup", 100);
      reporter.advanced(1, 50);
    }

    assertThat(told()).contains("backup").doesNotContain("\n").endsWith(" \r");
  }

  @Test
  void aWarningStandsOnALineOfItsOwn() {
    try (ProgressReporter reporter = ProgressReporter.start(err, Style.BAR)) {
      reporter.phase("backup", 100);
      reporter.warning("view v is not valid");
    }

    assertThat(told()).contains("\rWARNING: view v is not valid" + System.lineSeparator());
  }

  @Test
  void quietTellsWarningsOnly() {
    try (ProgressReporter reporter = ProgressReporter.start(err, Style.QUIET)) {
      reporter.phase("backup", 100);
      reporter.advanced(1, 50);
      reporter.warning("w");
    }

    assertThat(told()).isEqualTo("WARNING: w" + System.lineSeparator());
  }

  @Test
  void linesSayNothingInAShortRun() {
    try (ProgressReporter reporter = ProgressReporter.start(err, Style.LINES)) {
      reporter.phase("backup", 100);
      reporter.advanced(1, 50);
    }

    assertThat(told()).isEmpty();
  }

  private String told() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
