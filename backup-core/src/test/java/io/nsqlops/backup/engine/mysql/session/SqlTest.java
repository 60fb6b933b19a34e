package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
  private static final Column ID = new Column("id", "bigint", "");
  private static final Column NAME = new Column("na`me", "varchar", "utf8mb4");
  private static final Column DATA = new Column("data", "blob", "");

  @Test
  void namesAndStringsAreQuoted() {
    assertThat(Sql.name("a`b")).isEqualTo("`a``b`");
    assertThat(Sql.name(new TableName("d.", "t"))).isEqualTo("`d.`.`t`");
    assertThat(Sql.string("a'b\\c\n\0é")).isEqualTo("'a\\'b\\\\c\\n\\0é'");
  }

  @Test
  void wholeTables() {
    assertThat(Sql.select(table(0, ID, DATA), KeyRange.all(), Long.MAX_VALUE))
        .isEqualTo("SELECT `id`,`data` FROM `d`.`t`");
    assertThat(Sql.select(table(1, ID, DATA), KeyRange.all(), 7))
        .isEqualTo("SELECT `id`,`data` FROM `d`.`t` ORDER BY `id` LIMIT 7");
  }

  @Test
  void rangesOfASimpleKey() {
    assertThat(select(table(1, ID), "5", "9"))
        .isEqualTo("SELECT `id` FROM `d`.`t` WHERE `id`>5 AND `id`<=9 ORDER BY `id`");
    assertThat(Sql.select(table(1, ID), new KeyRange(null, RawText.ofUtf8("9")), Long.MAX_VALUE))
        .isEqualTo("SELECT `id` FROM `d`.`t` WHERE `id`<=9 ORDER BY `id`");
  }

  @Test
  void rangesOfACompositeKeyAreExactAndBeginWithAPlainRange() {
    assertThat(select(table(2, ID, NAME), "5\tx", "9\ty"))
        .isEqualTo(
            "SELECT `id`,`na``me` FROM `d`.`t` WHERE `id`>=5"
                + " AND (`id`>5 OR (`id`=5 AND `na``me`>'x'))"
                + " AND `id`<=9"
                + " AND (`id`<9 OR (`id`=9 AND `na``me`<='y'))"
                + " ORDER BY `id`,`na``me`");
  }

  @Test
  void threeColumnsNest() {
    Column third = new Column("c", "int", "");
    assertThat(Sql.select(table(3, ID, NAME, third), after("1\ta\t2"), Long.MAX_VALUE))
        .contains("(`id`>1 OR (`id`=1 AND (`na``me`>'a' OR (`na``me`='a' AND `c`>2))))");
  }

  /** What stands in a statement without quotes can be nothing else than a number. */
  @Test
  void aNumberThatIsNoneIsRefused() {
    List<Column> key = List.of(new Column("id", "bigint", ""));
    for (String text : List.of("abc", "1 OR 1=1", "", "0x1", "1)")) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> Sql.literals(key, RawText.ofUtf8(text)));
    }
    for (String text : List.of("0", "-9223372036854775808", "12.50", "1e-300", "-1.5E+10")) {
      assertThat(Sql.literals(key, RawText.ofUtf8(text))).containsExactly(text);
    }
  }

  @Test
  void literalsOfEveryKindOfKey() {
    List<Column> key =
        List.of(
            new Column("a", "int", ""),
            new Column("b", "varbinary", ""),
            new Column("c", "datetime", ""),
            new Column("d", "varchar", "utf8mb4"),
            new Column("e", "char", "gbk"),
            new Column("f", "uuid", ""));
    RawText text =
        RawText.of(
            concat(
                "-5\t\\0\\t\\n\\\\\t2020-01-01 00:00:00\to'b\\\\\t".getBytes(UTF_8),
                new byte[] {(byte) 0xce, (byte) 0xd2},
                "\t123e4567-e89b-12d3-a456-426614174000".getBytes(UTF_8)));
    assertThat(Sql.literals(key, text))
        .containsExactly(
            "-5",
            "X'00090a5c'",
            "'2020-01-01 00:00:00'",
            "'o\\'b\\\\'",
            "_gbk X'ced2'",
            "'123e4567-e89b-12d3-a456-426614174000'");
  }

  @Test
  void keysThatCompareOtherwiseThanTheirLiteralsAreNotSplit() {
    for (String type : List.of("float", "enum", "set", "bit", "json", "point", "blob", "text")) {
      assertThat(Sql.comparable(new Column("a", type, ""))).as(type).isFalse();
    }
    for (String type : List.of("bigint", "decimal", "varbinary", "varchar", "timestamp", "uuid")) {
      assertThat(Sql.comparable(new Column("a", type, ""))).as(type).isTrue();
    }
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String select(Table table, String after, String upTo) {
    KeyRange range = new KeyRange(RawText.ofUtf8(after), RawText.ofUtf8(upTo));
    return Sql.select(table, range, Long.MAX_VALUE);
  }

  private static KeyRange after(String key) {
    return new KeyRange(RawText.ofUtf8(key), null);
  }

  private static Table table(int keyColumns, Column... columns) {
    return new Table(
        new TableName("d", "t"), List.of(columns), keyColumns, keyColumns > 0, RawText.ofUtf8(""));
  }
}
