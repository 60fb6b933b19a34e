package io.nsqlops.backup.dump.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.RawText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewColumnsTest {
  private static final String HEAD =
      "CREATE ALGORITHM=UNDEFINED DEFINER=`a``b`@`%` SQL SECURITY DEFINER VIEW `d`.`v` ";

  @Test
  void ofTheSelectListAsServersPrintIt() {
    assertThat(
            ViewColumns.of(
                RawText.ofUtf8(
                    HEAD
                        + "AS select `t`.`id` AS `id`,concat(`t`.`a`,',',' from ') AS `a from, b`,"
                        + "(select max(`u`.`x`) from `u`) AS ```x` from `d`.`t` where 1")))
        .contains(List.of("`id`", "`a from, b`", "```x`"));
  }

  @Test
  void ofAListOfItsOwn() {
    assertThat(ViewColumns.of(RawText.ofUtf8(HEAD + "(`a`,`b,c`) AS select 1 AS `1`,2 AS `2`")))
        .contains(List.of("`a`", "`b,c`"));
  }

  @Test
  void asTidbPrintsIt() {
    assertThat(
            ViewColumns.of(
                RawText.ofUtf8(
                    "CREATE ALGORITHM=UNDEFINED DEFINER=`r`@`%` SQL SECURITY DEFINER VIEW `v`"
                        + " (`a)`, `b``,c`) AS SELECT 1 AS `1`,2 AS `2`")))
        .contains(List.of("`a)`", "`b``,c`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AS with `c` as (select 1 AS `1`) select `c`.`1` AS `1` from `c`",
        "AS select 1",
        "AS (select 1 AS `1`)"
      })
  void nothingWhereItIsNotUnderstood(String rest) {
    assertThat(ViewColumns.of(RawText.ofUtf8(HEAD + rest))).isEmpty();
  }

  @Test
  void aDelimiterThatTheBodyDoesNotHold() {
    assertThat(ObjectScript.delimiter("BEGIN SELECT 1; END")).isEqualTo(";;");
    assertThat(ObjectScript.delimiter("SELECT ';;'")).isEqualTo("$$");
    assertThat(ObjectScript.delimiter("a;")).isEqualTo("$$");
    assertThat(ObjectScript.delimiter(";; $$ // ~~ @@ !!")).isEqualTo("$END1$");
  }
}
