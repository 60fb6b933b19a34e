package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsTextLeftAndNumbersRight() {
    TextTable table = new TextTable("NAME", ">ROWS", "TAGS");
    table.row("a", "1,000", "");
    table.row("longer", "7", "x=y");

    assertThat(table.lines())
        .containsExactly("NAME     ROWS  TAGS", "a       1,000", "longer      7  x=y");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    TextTable table = new TextTable("A", "B");

    assertThatIllegalArgumentException().isThrownBy(() -> table.row("1"));
  }
}
