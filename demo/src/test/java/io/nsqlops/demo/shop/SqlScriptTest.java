package io.nsqlops.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

  @Test
  void statementsStandBetweenEmptyLinesAndCommentsAreLeftOut() {
    SqlScript script =
        SqlScript.parse("-- all\nSELECT 1\n\n \n-- two\nBEGIN\n  SELECT '--';\nEND\n\n");

    assertThat(script.statements()).containsExactly("SELECT 1", "BEGIN\n  SELECT '--';\nEND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tables.sql",
        "rows.sql",
        "logic.sql",
        "damage.sql",
        "later.sql",
        "fingerprint.sql"
      })
  void everyScriptIsThereAndHasNoSeparatorsOfItsOwn(String name) {
    assertThat(SqlScript.read(name).statements())
        .isNotEmpty()
        .noneMatch(statement -> statement.matches("(?s).*[^D];"));
  }
}
