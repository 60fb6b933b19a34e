package io.nsqlops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Narrator narrator =
      new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));

  @Test
  void aLongCommandCanStillBePastedIntoAShell() {
    List<String> arguments =
        List.of(
            "backup", "--source", "mariadb://admin@127.0.0.1:20235", "--repo", "/tmp/repository");

    narrator.command(arguments);

    String text = told.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).allMatch(line -> line.length() < 80).hasSize(3);
    assertThat(text.replace("\\\n", "").strip().replaceAll(" +", " "))
        .isEqualTo("$ nsql-ops " + String.join(" ", arguments));
  }

  @Test
  void whatIsSaidIsWrapped() {
    narrator.say("word ".repeat(40).strip());

    assertThat(told.toString(StandardCharsets.UTF_8).lines().skip(1))
        .allMatch(line -> line.startsWith("# word") && line.length() < 80)
        .hasSizeGreaterThan(1);
  }
}
