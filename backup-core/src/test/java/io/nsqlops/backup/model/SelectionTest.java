package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop, items, true",
    "shop, shop2, items, false",
    "shop.items, shop, items, true",
    "shop.items, shop, items2, false",
    "shop.*, shop, items, true",
    "sh*, shop, items, true",
    "*.items, shop, items, true",
    "shop.item?, shop, items, true",
    "shop.item?, shop, item, false",
    "SHOP, shop, items, false",
    "a.b.c, a.b, c, true",
    "a.b.c, a, b.c, true",
    "[a-z]*, shop, items, false",
    "s.op, shop, items, false",
    "*, 'new\nline', '+', true"
  })
  void patterns(String pattern, String database, String table, boolean expected) {
    TableName name = new TableName(database, table);
    assertThat(new Selection(List.of(pattern), List.of()).includes(name)).isEqualTo(expected);
    assertThat(new Selection(List.of(), List.of(pattern)).includes(name)).isNotEqualTo(expected);
  }

  @Test
  void exclusionWins() {
    Selection selection = new Selection(List.of("shop"), List.of("shop.log*"));
    assertThat(selection.includes(new TableName("shop", "items"))).isTrue();
    assertThat(selection.includes(new TableName("shop", "logins"))).isFalse();
    assertThat(selection.includesDatabase("shop")).isTrue();
    assertThat(selection.isAll()).isFalse();
    assertThat(Selection.ALL.isAll()).isTrue();
  }

  @Test
  void databasesAreMeantWithTheirTables() {
    assertThat(new Selection(List.of("shop.items"), List.of()).includesDatabase("shop")).isTrue();
    assertThat(new Selection(List.of("a.b.c"), List.of()).includesDatabase("a.b")).isTrue();
    assertThat(new Selection(List.of("*.items"), List.of()).includesDatabase("any")).isTrue();
    assertThat(new Selection(List.of("shop.items"), List.of()).includesDatabase("sho")).isFalse();
    assertThat(new Selection(List.of(), List.of("shop")).includesDatabase("shop")).isFalse();
    assertThat(Selection.ALL.includesDatabase("shop")).isTrue();
  }
}
