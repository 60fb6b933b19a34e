package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {
  private static final TableName ITEMS = new TableName("shop", "items");

  @Test
  void conditionsOnATableMustAllBeTrue() {
    RowFilter.Condition one = new RowFilter.Condition("shop.items", "a = 1 OR b");
    RowFilter.Condition two = new RowFilter.Condition("shop.*", "c");
    RowFilter.Condition other = new RowFilter.Condition("crm", "d");
    RowFilter filter = new RowFilter(List.of(one, two, other));
    assertThat(filter.of(ITEMS)).isEqualTo("(a = 1 OR b) AND (c)");
    assertThat(filter.of(new TableName("a", "b"))).isEmpty();
    assertThat(filter.without(List.of(ITEMS))).containsExactly(other);
    assertThat(new Scope(Selection.ALL, filter, Content.ALL).isPartial()).isTrue();
    assertThat(Scope.ALL.isPartial()).isFalse();
    assertThat(new Scope(Selection.ALL, filter, Content.DATA).describe())
        .contains("data only", "of shop.items rows where a = 1 OR b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a) OR (b",
        "(a",
        "a)",
        "a -- ",
        "a # b",
        "a /* b",
        "a = '(",
        "`a",
        "\"",
        " ",
        "a = '\\'"
      })
  void noConditionReachesOutOfItsParentheses(String sql) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RowFilter.Condition("t", sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a IN (1, (2))", "a = ')'", "a = '\\')'", "a = 'it''s ('", "`)` > \"#-- /*(\""})
  void quotedTextIsLetAlone(String sql) {
    assertThat(new RowFilter.Condition("t", sql).sql()).isEqualTo(sql);
  }
}
