package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Data truncated for column 'a b' at row 1|a b",
        "Out of range value for column 'c' at row 12|c",
        "Incorrect integer value: 'x' for column `d`.`t`.`c` at row 1|c",
        "Incorrect string value: '\\xF0' for column `c` at row 1|c",
        "Data truncated for column 'o'clock' at row 1|o'clock",
        "Incorrect integer value: 'column 'z' at row 1' for column `d`.`t`.`c` at row 1|c"
      })
  void theColumnItIsAbout(String message, String column) {
    assertThat(new Warning("Warning", 1265, message).column()).contains(column);
  }

  @Test
  void oneInsideAnExpressionIsAboutNone() {
    Warning warning = new Warning("Warning", 1292, "Truncated incorrect DOUBLE value: 'abc'");
    assertThat(warning.column()).isEmpty();
    assertThat(warning.isOfExpression()).isTrue();
    assertThat(new Warning("Warning", 1048, "Column 'c' cannot be null").isOfExpression())
        .isFalse();
  }
}
