package io.nsqlops.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourSequenceTest {
  @ParameterizedTest
  @CsvSource({
    "2024 x, 2024 x",
    "'\u001b[32m2024 x', '2024 x'",
    "'\u001b[0m\u001b[1;31mx\u001b[0m', 'x\u001b[0m'",
    "'\u001b[mx', 'x'",
    "'\u001b[0m', '\u001b[0m'",
    "'\u001b[2Jx', '\u001b[2Jx'",
    "'\u001b[32', '\u001b[32'",
    "'\u001b[', '\u001b['",
    "'', ''"
  })
  void onlyColoursInFrontArePassedOver(String line, String read) {
    byte[] text = ("m" + line).getBytes(StandardCharsets.UTF_8);
    int from = ColourSequence.end(text, 1, text.length);
    assertThat(new String(text, from, text.length - from, StandardCharsets.UTF_8)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "2024 x, 2024 x",
    "'x\u001b[0m', x",
    "'x\u001b[1;31m\u001b[m', x",
    "'\u001b[0m', '\u001b[0m'",
    "'\u001b[0m\u001b[0m', '\u001b[0m\u001b[0m'",
    "'x[0m', 'x[0m'",
    "'x\u001b0m', 'x\u001b0m'",
    "'x\u001b[2K', 'x\u001b[2K'",
    "'item', 'item'",
    "'m', 'm'",
    "'[m', '[m'",
    "'', ''"
  })
  void soAreThoseAtTheEnd(String line, String read) {
    byte[] text = ("\u001b" + line + "m").getBytes(StandardCharsets.UTF_8);
    int to = ColourSequence.start(text, 1, text.length - 1);
    assertThat(new String(text, 1, to - 1, StandardCharsets.UTF_8)).isEqualTo(read);
  }
}
