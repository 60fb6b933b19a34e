package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.SchemaObject.Kind;
import java.util.List;
import java.util.Map;
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
  void objectsAreMeantByTheirNameAndTriggersByTheirTable() {
    Selection one = new Selection(List.of("shop.items"), List.of());
    assertThat(one.includes(object(Kind.DATABASE, "shop", ""))).isTrue();
    assertThat(one.includes(object(Kind.TRIGGER, "any", "items"))).isTrue();
    assertThat(one.includes(object(Kind.TRIGGER, "items", "orders"))).isFalse();
    assertThat(one.includes(object(Kind.TRIGGER, "items", ""))).isTrue();
    assertThat(one.includes(object(Kind.ACCOUNT, "a", ""))).isTrue();
    for (Kind kind : List.of(Kind.VIEW, Kind.FUNCTION, Kind.PROCEDURE, Kind.EVENT)) {
      assertThat(one.includes(object(kind, "items", ""))).isTrue();
      assertThat(one.includes(object(kind, "another", ""))).isFalse();
    }
    Selection not = new Selection(List.of(), List.of("shop.items"));
    assertThat(not.includes(object(Kind.TRIGGER, "any", "items"))).isFalse();
    assertThat(not.excludes(object(Kind.SEQUENCE, "items", ""))).isTrue();
    assertThat(not.includes(object(Kind.VIEW, "another", ""))).isTrue();
  }

  private static SchemaObject object(Kind kind, String name, String table) {
    String database = kind == Kind.ACCOUNT ? "" : "shop";
    String own = kind == Kind.DATABASE ? "shop" : name;
    return new SchemaObject(kind, database, own, List.of(), Map.of(), "", table);
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
