package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFormatTest {
  @ParameterizedTest
  @CsvSource({
    "list, TEXT",
    "list --output json, JSON",
    "list --output=json --no-such-option, JSON",
    "--output JSON list, JSON",
    "list --output=text, TEXT",
    "list --output, TEXT",
    "list --output xml, TEXT",
    "show -- --output=json, TEXT"
  })
  void isFoundInWhateverArguments(String line, OutputFormat wanted) {
    assertThat(OutputFormat.wanted(List.of(line.split(" ")))).isEqualTo(wanted);
  }
}
