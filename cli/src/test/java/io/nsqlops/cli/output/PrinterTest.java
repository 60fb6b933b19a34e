package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrinterTest {
  private final OpsException damage =
      new OpsException(ErrorKind.VERIFICATION_FAILED, "chunks/ab/abc", "damaged", "restore it");
  private static final Result RESULT =
      Result.of(JsonMapper.shared().createObjectNode().put("id", "x"), List.of("backup x"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void textGoesToStdout() {
    printer(OutputFormat.TEXT).result(RESULT);

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("backup x");
    assertThat(err.size()).isZero();
  }

  @Test
  void anErrorBesideAResultIsToldOnStderrAndStandsInTheDocument() {
    printer(OutputFormat.JSON).result(RESULT.failing(damage));

    JsonNode document = document();
    assertThat(document.path("id").asString()).isEqualTo("x");
    assertThat(document.path("error").asString()).isEqualTo("damaged");
    assertThat(document.path("kind").asString()).isEqualTo("verification-failed");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("ERROR: damaged", "HINT: restore it");
  }

  @Test
  void anErrorAloneIsTheDocument() {
    printer(OutputFormat.JSON).error(damage);

    assertThat(document().propertyNames()).containsExactly("error", "kind", "object", "hint");
    assertThat(document().path("object").asString()).isEqualTo("chunks/ab/abc");
  }

  @Test
  void anErrorInTextLeavesStdoutEmpty() {
    printer(OutputFormat.TEXT).error(damage);

    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ERROR: damaged").contains("HINT: ");
  }

  private Printer printer(OutputFormat format) {
    return new Printer(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        format);
  }

  private JsonNode document() {
    return JsonMapper.shared().readTree(out.toByteArray());
  }
}
