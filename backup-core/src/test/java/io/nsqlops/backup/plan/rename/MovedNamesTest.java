package io.nsqlops.backup.plan.rename;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovedNamesTest {
  private static final MovedNames NAMES =
      new MovedNames(new Renames(Map.of("a", "b`2", "é", "ü", "a.one", "c.`1", "x.y", "z")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT `a`.`a` FROM `a`.`t`|SELECT `b``2`.`a` FROM `b``2`.`t`",
        "DEFAULT nextval(`a`.`s`)|DEFAULT nextval(`b``2`.`s`)",
        "`é`.`x`|`ü`.`x`",
        "`a`|`a`",
        "'`a`.'|'`a`.'",
        "'it''s \\' `a`.' `a`.x|'it''s \\' `a`.' `b``2`.x",
        "\"`a`.\" `a`.|\"`a`.\" `b``2`.",
        "/* don't */ `a`.x|/* don't */ `b``2`.x",
        "/* `a`. */ `a`.x|/* `a`. */ `b``2`.x",
        "/*!50100 `a`.x */|/*!50100 `b``2`.x */",
        "`c``a`.x|`c``a`.x",
        "`a`.`one`.`one`, `a`.`on`|`c`.```1`.`one`, `b``2`.`on`",
        "`x`.`y`.`y`, `x`.`z`, `y`|`x`.`z`.`y`, `x`.`z`, `y`",
        "`a`.`a`.`a`, `t`.`a`.`b`, `t`.`a`|`b``2`.`a`.`a`, `t`.`a`.`b`, `t`.`a`",
        "`a`.`one|`b``2`.`one",
        "`a`` .`.x|`a`` .`.x",
        "'never ends `a`.|'never ends `a`."
      })
  void namesFollow(String sql, String expected) {
    assertThat(NAMES.qualified(RawText.ofUtf8(sql), Quoting.USUAL)).hasToString(expected);
  }

  /** As MariaDB and MySQL print views: three names for a column, two for one of an alias. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "DEFINER=`a`@`%` VIEW `a`.`v` AS select `a`.`a`.`id` AS `id` from `a`.`a`"
            + "|DEFINER=`a`@`%` VIEW `b``2`.`v` AS select `b``2`.`a`.`id` AS `id` from `b``2`.`a`",
        "DEFINER=`a`@`%` VIEW `a`.`v` AS select `a`.`id` AS `id`,`a`.`f`(`a`.`x`) AS `f` from (`a`.`t` `a` join"
            + " `a`.`one` on(`a`.`id` = `a`.`one`.`id`))"
            + "|DEFINER=`a`@`%` VIEW `b``2`.`v` AS select `a`.`id` AS `id`,`b``2`.`f`(`a`.`x`) AS `f` from"
            + " (`b``2`.`t` `a` join `c`.```1` on(`a`.`id` = `c`.```1`.`id`))",
        "DEFINER=`a`@`%` VIEW `a`.`v` AS select `t`.`x` AS `a` from `a`.`t` where `a`.`t`.`x` > 1"
            + "|DEFINER=`a`@`%` VIEW `b``2`.`v` AS select `t`.`x` AS `a` from `b``2`.`t` where `b``2`.`t`.`x` > 1",
        "DEFINER=`a`@`%` VIEW `a`.`v` AS select nextval(`a`.`s`) AS `a`|DEFINER=`a`@`%` VIEW `b``2`.`v` AS select nextval(`b``2`.`s`) AS `a`",
        "DEFINER=`a`@`%` VIEW `a`.`v` AS select extract(year from `a`.`d`) AS `y` from `a`.`t` `a`"
            + "|DEFINER=`a`@`%` VIEW `b``2`.`v` AS select extract(year from `a`.`d`) AS `y` from"
            + " `b``2`.`t` `a`",
        // TiDB
        "DEFINER=`a`@`%` VIEW `a`.`v` (`n`, `a`) AS SELECT `d`.`n` AS `n`,`t`.`a` AS `a` FROM"
            + " (SELECT 1 AS `n`) AS `d`, `a`.`t`"
            + "|DEFINER=`a`@`%` VIEW `b``2`.`v` (`n`, `a`) AS SELECT `d`.`n` AS `n`,`t`.`a` AS `a` FROM"
            + " (SELECT 1 AS `n`) AS `d`, `b``2`.`t`"
      })
  void columnsOfAnAliasThatIsCalledAsTheDatabaseStay(String sql, String expected) {
    assertThat(NAMES.view(RawText.ofUtf8(sql), Quoting.USUAL)).hasToString(expected);
  }

  @Test
  void commentsToTheEndOfTheLineAreLeft() {
    assertThat(
            NAMES.qualified(
                RawText.ofUtf8("-- don't `a`.x\n`a`.x # isn't `a`.\n`a`.y"), Quoting.USUAL))
        .hasToString("-- don't `a`.x\n`b``2`.x # isn't `a`.\n`b``2`.y");
  }

  @Test
  void aBackslashMayBeALetterLikeAnyOther() {
    String sql = "IF x LIKE '\\' THEN SELECT '`a`.' FROM `a`.x";
    assertThat(NAMES.qualified(RawText.ofUtf8(sql), Quoting.of("NO_BACKSLASH_ESCAPES")))
        .hasToString("IF x LIKE '\\' THEN SELECT '`a`.' FROM `b``2`.x");
  }

  @Test
  void doubleQuotesMayHoldANameLikeBackticks() {
    String sql = "SELECT '\"a\".' FROM \"a\".\"o\\\", \"a\".\"one\", \"\"\"a\".`x`";
    assertThat(NAMES.qualified(RawText.ofUtf8(sql), Quoting.of("PIPES_AS_CONCAT,ANSI_QUOTES")))
        .hasToString("SELECT '\"a\".' FROM `b``2`.\"o\\\", `c`.```1`, \"\"\"a\".`x`");
  }

  @Test
  void bareNamesOfDatabases() {
    assertThat(NAMES.bare(RawText.ofUtf8("CREATE DATABASE `a` /*!40100 CHARACTER SET x */")))
        .hasToString("CREATE DATABASE `b``2` /*!40100 CHARACTER SET x */");
  }

  @Test
  void foreignKeysAndTheirNamesFollowTheirTables() {
    String ddl =
        "CREATE TABLE `y` (`REFERENCES` int COMMENT 'REFERENCES `y`',"
            + " CONSTRAINT `y_ibfk_1` FOREIGN KEY (`a`) REFERENCES `y` (`y`),"
            + " CONSTRAINT `mine` FOREIGN KEY (`a`) REFERENCES `w` (`y`),"
            + " CONSTRAINT `b` FOREIGN KEY (`a`) REFERENCES `a`.`one` (`y`),"
            + " CONSTRAINT `y_chk_1` CHECK (`a` > 0))";
    assertThat(NAMES.table(RawText.ofUtf8(ddl), new TableName("x", "y")))
        .hasToString(
            ddl.replace("`y_", "`z_")
                .replace(") REFERENCES `y`", ") REFERENCES `z`")
                .replace("`a`.`one`", "`c`.```1`"));
    String fk = "CREATE TABLE `one` (FOREIGN KEY (`a`) REFERENCES `two` (`a`))";
    assertThat(NAMES.table(RawText.ofUtf8(fk), new TableName("a", "one")))
        .hasToString(fk.replace("`two`", "`b``2`.`two`"));
  }

  @Property
  void whatDoesNotNameADatabaseStaysByteForByte(@ForAll byte[] bytes) {
    String latin1 = new String(bytes, StandardCharsets.ISO_8859_1).replace('`', ' ');
    RawText text = RawText.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(NAMES.qualified(text, Quoting.USUAL)).isEqualTo(text);
  }
}
