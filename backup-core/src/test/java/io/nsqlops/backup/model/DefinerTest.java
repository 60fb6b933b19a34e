package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE DEFINER=`a`@`%` VIEW v|a@%|CREATE VIEW v",
        "CREATE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY DEFINER VIEW v|a@%"
            + "|CREATE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW v",
        "CREATE DEFINER=`é ``x`@`10.0.0.%` TRIGGER t|é `x@10.0.0.%|CREATE TRIGGER t",
        "CREATE DEFINER=`role` FUNCTION f|role|CREATE FUNCTION f",
        "CREATE DEFINER=\"a\"\"`b\"@\"%\" PACKAGE BODY p|a\"`b@%|CREATE PACKAGE BODY p",
        "CREATE OR REPLACE DEFINER=`a`@`%` EVENT e|a@%|CREATE OR REPLACE EVENT e"
      })
  void whoItIs(String sql, String definer, String stripped) {
    RawText statement = RawText.ofUtf8(sql);
    assertThat(Definer.of(statement)).map(Definer::toString).contains(definer);
    assertThat(Definer.strip(statement)).hasToString(stripped);
    Definer other = Definer.parse("n`w@h@x");
    assertThat(Definer.of(other.in(statement))).contains(other);
    assertThat(Definer.strip(other.in(statement))).hasToString(stripped);
  }

  @Test
  void aDefinerInABodyIsNone() {
    RawText statement = RawText.ofUtf8("CREATE PROCEDURE p() SELECT 'DEFINER=`a`@`b` '");
    assertThat(Definer.of(statement)).isEmpty();
    assertThat(Definer.strip(statement)).isEqualTo(statement);
  }
}
