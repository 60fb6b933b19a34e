package io.nsqlops.backup.engine.mysql.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateTableTest {
  private static final TableName AS = new TableName("d`2", "t");

  @Test
  void secondaryKeysComeLater() {
    String ddl =
        """
        CREATE TABLE `a` (
          `id` int(11) NOT NULL,
          `b` varchar(10) DEFAULT NULL,
          PRIMARY KEY (`id`),
          UNIQUE KEY `u` (`b`),
          KEY `k` (`b`,`id`) COMMENT 'x'
        ) ENGINE=InnoDB""";
    assertThat(create(ddl))
        .isEqualTo(
            """
            CREATE TABLE `d``2`.`t` (
              `id` int(11) NOT NULL,
              `b` varchar(10) DEFAULT NULL,
              PRIMARY KEY (`id`)
            ) ENGINE=InnoDB""");
    assertThat(indexes(ddl))
        .containsExactly(
            "ALTER TABLE `d``2`.`t` ADD UNIQUE KEY `u` (`b`), ADD KEY `k` (`b`,`id`) COMMENT 'x'");
    assertThat(indexes(ddl, "u"))
        .containsExactly("ALTER TABLE `d``2`.`t` ADD KEY `k` (`b`,`id`) COMMENT 'x'");
    assertThat(indexes(ddl, "u", "k")).isEmpty();
  }

  @Test
  void nothingIsDeferredWhereThatCostsMore() {
    String ddl = "CREATE TABLE `a` (\n  `b` int,\n  KEY `k` (`b`)\n) X";
    assertThat(text(CreateTable.parse(RawText.ofUtf8(ddl)).create(AS, false, false)))
        .contains("KEY `k` (`b`)");
  }

  @Test
  void quotesParenthesesAndCommasWithinNamesAndStrings() {
    String ddl =
        """
        CREATE TABLE `we``ird (na,me` (
          `a'b` varchar(10) DEFAULT 'x''y(,',
          `c,d)` int(11) DEFAULT NULL COMMENT 'k (a, KEY `x`, \\' FOREIGN KEY',
          `e``` enum('a,b','c)d','e''f','g\\\\') DEFAULT NULL,
          `KEY` int(11) DEFAULT 5 CHECK (`KEY` > (1 + 2)),
          PRIMARY KEY (`c,d)`),
          KEY `i,(` (`a'b`),
          KEY `j``)` (`c,d)`)
        ) COMMENT='a, (b) KEY `z` (`q`)'""";
    assertThat(create(ddl))
        .isEqualTo(
            """
            CREATE TABLE `d``2`.`t` (
              `a'b` varchar(10) DEFAULT 'x''y(,',
              `c,d)` int(11) DEFAULT NULL COMMENT 'k (a, KEY `x`, \\' FOREIGN KEY',
              `e``` enum('a,b','c)d','e''f','g\\\\') DEFAULT NULL,
              `KEY` int(11) DEFAULT 5 CHECK (`KEY` > (1 + 2)),
              PRIMARY KEY (`c,d)`)
            ) COMMENT='a, (b) KEY `z` (`q`)'""");
    assertThat(indexes(ddl, "j`)")).containsExactly("ALTER TABLE `d``2`.`t` ADD KEY `i,(` (`a'b`)");
  }

  @Test
  void foreignKeysComeLast() {
    String ddl =
        """
        CREATE TABLE `a` (
          `id` int(11) NOT NULL,
          PRIMARY KEY (`id`),
          CONSTRAINT `f``1` FOREIGN KEY (`id`) REFERENCES `b` (`id`) ON DELETE CASCADE,
          CONSTRAINT `f2` FOREIGN KEY (`id`) REFERENCES `c` (`id`),
          CONSTRAINT `c1` CHECK (`id` > 0)
        ) ENGINE=InnoDB""";
    assertThat(create(ddl)).doesNotContain("FOREIGN").contains("CONSTRAINT `c1` CHECK (`id` > 0)");
    assertThat(foreignKeys(ddl))
        .containsExactly(
            "ALTER TABLE `d``2`.`t`"
                + " ADD CONSTRAINT `f``1` FOREIGN KEY (`id`) REFERENCES `b` (`id`)"
                + " ON DELETE CASCADE",
            "ALTER TABLE `d``2`.`t`"
                + " ADD CONSTRAINT `f2` FOREIGN KEY (`id`) REFERENCES `c` (`id`)");
    assertThat(foreignKeys(ddl, "f`1"))
        .containsExactly(
            "ALTER TABLE `d``2`.`t`"
                + " ADD CONSTRAINT `f2` FOREIGN KEY (`id`) REFERENCES `c` (`id`)");
    assertThat(foreignKeys(ddl, "f`1", "f2")).isEmpty();
  }

  @Test
  void theKeyOfAnAutoIncrementColumnIsNeededAtOnce() {
    String ddl =
        """
        CREATE TABLE `a` (
          `p` int(11) NOT NULL,
          `q` int(11) NOT NULL AUTO_INCREMENT,
          `r` int(11) COMMENT 'AUTO_INCREMENT',
          PRIMARY KEY (`p`),
          KEY `q` (`q`),
          KEY `r` (`r`)
        ) AUTO_INCREMENT=10""";
    assertThat(create(ddl)).contains("KEY `q` (`q`)").doesNotContain("KEY `r`");
    assertThat(indexes(ddl)).containsExactly("ALTER TABLE `d``2`.`t` ADD KEY `r` (`r`)");
  }

  @Test
  void optionsThatMariaDbDoesNotKnowAreGivenToItAgain() {
    String ddl =
        """
        CREATE TABLE `a` (
          `p` int(11) NOT NULL COMMENT '/* `' /* `unk`='*/,' `other`=5 */,
          `/* ``` int(11),
          KEY `p` (`p`) /* `foo`='5' */
        ) ENGINE=InnoDB /* `bar`='9' */ WITH SYSTEM VERSIONING""";
    assertThat(create(ddl))
        .isEqualTo(
            """
            CREATE TABLE `d``2`.`t` (
              `p` int(11) NOT NULL COMMENT '/* `' /*M! `unk`='*/,' `other`=5 */,
              `/* ``` int(11),
              KEY `p` (`p`) /*M! `foo`='5' */
            ) ENGINE=InnoDB /*M! `bar`='9' */ WITH SYSTEM VERSIONING""");
  }

  @Test
  void anAutoIncrementColumnThatMayBeNullStaysSo() {
    String ddl =
        """
        CREATE TABLE `a` (
          `p AUTO_INCREMENT` int(11) NOT NULL AUTO_INCREMENT COMMENT 'x',
          ` AUTO_INCREMENT` int(11) AUTO_INCREMENT COMMENT 'NOT NULL',
          `r` int(11) DEFAULT NULL COMMENT ' AUTO_INCREMENT'
        ) AUTO_INCREMENT=10""";
    assertThat(create(ddl))
        .contains(
            "`p AUTO_INCREMENT` int(11) NOT NULL AUTO_INCREMENT COMMENT 'x'",
            "` AUTO_INCREMENT` int(11) AUTO_INCREMENT NULL COMMENT 'NOT NULL'",
            "`r` int(11) DEFAULT NULL COMMENT ' AUTO_INCREMENT'");
  }

  @Test
  void otherKeysOfAnAutoIncrementColumnComeLaterWhereThePrimaryKeyBeginsWithIt() {
    String ddl =
        """
        CREATE TABLE `a` (
          `q` int(11) NOT NULL AUTO_INCREMENT,
          `r` int(11),
          PRIMARY KEY (`q`,`r`),
          UNIQUE KEY `rq` (`r`,`q`),
          KEY `q` (`q`)
        ) ENGINE=InnoDB""";
    assertThat(create(ddl)).doesNotContain("rq", "KEY `q`");
    assertThat(indexes(ddl))
        .containsExactly("ALTER TABLE `d``2`.`t` ADD UNIQUE KEY `rq` (`r`,`q`), ADD KEY `q` (`q`)");
  }

  @Test
  void uniqueKeysKeepTheirOrder() {
    String ddl =
        """
        CREATE TABLE `a` (
          `id` int(11) NOT NULL AUTO_INCREMENT,
          `x` int(11) NOT NULL,
          `y` int(11) NOT NULL,
          PRIMARY KEY (`x`),
          UNIQUE KEY `u1` (`y`),
          UNIQUE KEY `u2` (`id`),
          UNIQUE KEY `u3` (`y`,`x`),
          KEY `k` (`y`)
        ) ENGINE=InnoDB""";
    assertThat(create(ddl)).containsSubsequence("`u1`", "`u2`").doesNotContain("`u3`", "`k`");
    assertThat(indexes(ddl))
        .containsExactly("ALTER TABLE `d``2`.`t` ADD UNIQUE KEY `u3` (`y`,`x`), ADD KEY `k` (`y`)");
  }

  @Test
  void uniqueKeysOrderTheRowsWhereThereIsNoPrimaryKey() {
    String ddl = "CREATE TABLE `a` (\n  `b` int,\n  UNIQUE KEY `u` (`b`),\n  KEY `k` (`b`)\n)";
    assertThat(create(ddl)).contains("UNIQUE KEY `u`").doesNotContain("KEY `k`");
  }

  @Test
  void tablesThatKeepTheirHistoryAreMadeWhole() {
    String ddl =
        "CREATE TABLE `a` (\n  `b` int,\n  KEY `k` (`b`)\n) ENGINE=InnoDB WITH SYSTEM VERSIONING";
    assertThat(create(ddl)).contains("KEY `k`");
    assertThat(indexes(ddl)).isEmpty();
  }

  @Test
  void fullTextAndSpatialKeysAreAddedOneByOne() {
    String ddl =
        """
        CREATE TABLE `a` (
          `b` text,
          PRIMARY KEY (`b`(10)),
          FULLTEXT KEY `f1` (`b`),
          KEY `k` ((lower(`b`))),
          FULLTEXT KEY `f2` (`b`),
          SPATIAL KEY `s` (`p`)
        )""";
    assertThat(indexes(ddl))
        .containsExactly(
            "ALTER TABLE `d``2`.`t` ADD KEY `k` ((lower(`b`)))",
            "ALTER TABLE `d``2`.`t` ADD FULLTEXT KEY `f1` (`b`)",
            "ALTER TABLE `d``2`.`t` ADD FULLTEXT KEY `f2` (`b`)",
            "ALTER TABLE `d``2`.`t` ADD SPATIAL KEY `s` (`p`)");
  }

  @Test
  void partitionsAndGeneratedColumnsStayAsTheyAre() {
    String tail =
        """
        ) ENGINE=InnoDB
         PARTITION BY RANGE (year(`d`))
        (PARTITION `p0` VALUES LESS THAN (2000) COMMENT = 'a)b',
         PARTITION `p1` VALUES LESS THAN MAXVALUE)""";
    String ddl =
        "CREATE TABLE `a` (\n"
            + "  `d` date NOT NULL,\n"
            + "  `g` int(11) GENERATED ALWAYS AS (concat(`d`,'),',1) + 2) STORED\n"
            + tail;
    assertThat(create(ddl)).isEqualTo(ddl.replace("`a`", "`d``2`.`t`"));
  }

  @Test
  void bytesThatAreNotUtf8StayAsTheyAre() {
    byte[] ddl = "CREATE TABLE `é` (\n  `b` varbinary(5) DEFAULT '??'\n)".getBytes(UTF_8);
    for (int i = 0; i < ddl.length; i++) {
      ddl[i] = ddl[i] == '?' ? (byte) 0xff : ddl[i];
    }
    byte[] made =
        CreateTable.parse(RawText.of(ddl)).create(new TableName("d", "é"), true, false).bytes();
    assertThat(new String(made, StandardCharsets.ISO_8859_1)).contains("DEFAULT 'ÿÿ'");
    assertThat(new String(made, UTF_8)).startsWith("CREATE TABLE `d`.`é` (");
  }

  @Test
  void theOrderOfKeysDoesNotMatterInComparison() {
    String one = "CREATE TABLE `a` (\n  `b` int,\n  KEY `x` (`b`),\n  KEY `y` (`b`)\n) E";
    String two = "CREATE TABLE `a` (\n  `b` int,\n  KEY `y` (`b`),\n  KEY `x` (`b`)\n) E";
    String three = "CREATE TABLE `a` (\n  `b` int,\n  KEY `y` (`b`)\n) E";
    assertThat(comparable(one)).isEqualTo(comparable(two)).isNotEqualTo(comparable(three));
    assertThat(comparable(one.replace("KEY", "UNIQUE KEY")))
        .isNotEqualTo(comparable(two.replace("KEY", "UNIQUE KEY")));
  }

  private static final String ZONED =
      """
      CREATE TABLE `a` (
        `id` int NOT NULL,
        `ts` timestamp NULL DEFAULT NULL COMMENT 'date STORED',
        `n` bigint DEFAULT NULL,
        `d` date GENERATED ALWAYS AS (cast(`ts` as date)) STORED,
        `v` int GENERATED ALWAYS AS (year(`d`)) VIRTUAL,
        PRIMARY KEY (`id`),
        KEY `k` (`v`),
        CONSTRAINT `c,` CHECK ((hour(`ts`) > 7)),
        CONSTRAINT `n` CHECK ((`n` > 7))
      ) E""";

  private static CreateTable parsed(String ddl) {
    return CreateTable.parse(RawText.ofUtf8(ddl));
  }

  private static boolean isComputedAnew(String ddl, boolean allKeys) {
    return parsed(ddl).computeAnew(AS, allKeys).isPresent();
  }

  @Test
  void whatHangsOnTheZoneIsComputedAnew() {
    assertThat(text(parsed(ZONED).computeAnew(AS, false).orElseThrow()))
        .isEqualTo("ALTER TABLE `d``2`.`t` FORCE, ALGORITHM=COPY");
    assertThat(isComputedAnew(ZONED.replace("timestamp", "datetime"), true)).isFalse();
    String epoch = ZONED.replace("timestamp", "bigint").replace("cast(`ts`", "from_unixtime(`ts`");
    assertThat(isComputedAnew(epoch, false)).isTrue();
    assertThat(isComputedAnew(epoch.replace("from_unixtime(`ts`", "cast('from_unixtime('"), true))
        .isFalse();
    assertThat(parsed(ZONED).computesByZone()).isTrue();
  }

  @Test
  void indexesOfVirtualColumnsAreIfTheyWereThereWhenRowsCame() {
    String virtual = ZONED.replace("STORED,", "VIRTUAL,");
    assertThat(isComputedAnew(virtual, false)).isFalse();
    assertThat(isComputedAnew(virtual, true)).isTrue();
    String withoutPrimary =
        virtual.replace("PRIMARY KEY (`id`)", "UNIQUE KEY `u` (`v`)").replace("KEY `k`", "KEY `x`");
    assertThat(isComputedAnew(withoutPrimary, false)).isTrue();
    String expression =
        virtual
            .replace("PRIMARY KEY (`id`)", "UNIQUE KEY `u` ((hour(`ts`)))")
            .replace(" KEY `k` (`v`),", " KEY `k` (`n`),");
    assertThat(isComputedAnew(expression, false)).isTrue();
    assertThat(isComputedAnew(expression.replace("hour(`ts`)", "abs(`n`)"), true)).isFalse();
  }

  @Test
  void checksThatHangOnTheZoneAreDeferred() {
    assertThat(text(parsed(ZONED).create(AS, true, true)))
        .doesNotContain("hour(`ts`)")
        .contains("CONSTRAINT `n` CHECK");
    assertThat(text(parsed(ZONED).create(AS, true, false))).contains("CHECK ((hour(`ts`) > 7))");
    assertThat(parsed(ZONED).addChecks(AS, List.of("c,", "n"))).isEmpty();
    assertThat(text(parsed(ZONED).addChecks(AS, List.of("n")).orElseThrow().together()))
        .isEqualTo("ALTER TABLE `d``2`.`t` ADD CONSTRAINT `c,` CHECK ((hour(`ts`) > 7))");
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static List<String> comparable(String ddl) {
    return CreateTable.parse(RawText.ofUtf8(ddl)).comparable();
  }

  private static String create(String ddl) {
    return text(CreateTable.parse(RawText.ofUtf8(ddl)).create(AS, true, false));
  }

  private static List<String> indexes(String ddl, String... present) {
    return CreateTable.parse(RawText.ofUtf8(ddl)).addIndexes(AS, List.of(present)).stream()
        .map(a -> text(a.together()))
        .toList();
  }

  private static List<String> foreignKeys(String ddl, String... present) {
    return CreateTable.parse(RawText.ofUtf8(ddl)).addForeignKeys(AS, List.of(present)).stream()
        .map(CreateTableTest::text)
        .toList();
  }

  private static String text(RawText text) {
    return text.asUtf8().orElseThrow();
  }
}
