package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.output.ProgressReporter.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A name that somebody chose to deceive whoever reads it. */
class VisibleStreamTest {
  private static final String EVIL = "a\u001b[2K\rb\nc\t\u009b\u007f\u202ed é 😀 \\";
  private static final String SEEN = "a\\u001b[2K\\rb\\nc\\t\\u009b\\u007f\\u202ed é 😀 \\";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String told(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Printer printer(OutputFormat format) {
    return new Printer(stream(out), stream(err), format);
  }

  private static Result result() {
    OpsException error = new OpsException(ErrorKind.PARTIAL, EVIL, EVIL, EVIL);
    return Result.of(JsonMapper.shared().createObjectNode().put("name", EVIL), List.of(EVIL))
        .failing(error);
  }

  @Test
  void resultsAndErrorsAreSeenAsTheyAre() {
    printer(OutputFormat.TEXT).result(result());
    assertThat(told(out).lines()).containsExactly(SEEN);
    assertThat(told(err).lines()).containsExactly("ERROR: " + SEEN, "HINT: " + SEEN);
  }

  @Test
  void jsonIsAsItWas() {
    printer(OutputFormat.JSON).result(result());
    assertThat(JsonMapper.shared().readTree(told(out)).path("name").asString()).isEqualTo(EVIL);
    assertThat(told(err).lines()).containsExactly("ERROR: " + SEEN, "HINT: " + SEEN);
  }

  @Test
  void pointsOfAnErrorStandOnLinesOfTheirOwn() {
    OpsException error =
        OpsException.listing(ErrorKind.USAGE, "file", "2 problems:", List.of("a", EVIL), "mend");
    assertThat(error).hasMessage("2 problems:\n  a\n  " + EVIL);
    printer(OutputFormat.TEXT).error(error);
    assertThat(told(err).lines())
        .containsExactly("ERROR: 2 problems:", "  a", "  " + SEEN, "HINT: mend");
  }

  @Test
  void warningsAreSeenAndTheBarIsStillDrawn() {
    try (ProgressReporter reporter = ProgressReporter.start(stream(err), Style.BAR)) {
      reporter.phase("backup", 100);
      reporter.warning(EVIL);
    }
    assertThat(told(err))
        .contains(" \rWARNING: " + SEEN + System.lineSeparator())
        .doesNotContain("\u001b");
  }

  @Test
  void cellsOfATableKeepTheirColumns() {
    TextTable table = new TextTable("NAME", "TAGS");
    table.row("a\u001b", "x");
    table.row("longer", "y");
    assertThat(table.lines()).containsExactly("NAME     TAGS", "a\\u001b  x", "longer   y");
  }

  @Test
  void stackTracesKeepTheirTabs() {
    new IllegalStateException(EVIL).printStackTrace(VisibleStream.of(stream(err)));
    assertThat(told(err)).contains(": " + SEEN + System.lineSeparator() + "\tat ");
  }
}
