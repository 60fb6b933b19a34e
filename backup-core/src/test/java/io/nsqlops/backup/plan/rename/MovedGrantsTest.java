package io.nsqlops.backup.plan.rename;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovedGrantsTest {
  private static final MovedGrants GRANTS =
      new MovedGrants(
          Map.of("shop", "new_shop", "a_b", "c", "w`d", "x`y", "my_db", "d_2", "b\\s", "t"),
          MovedGrantsTest::moved);

  private static TableName moved(TableName name) {
    if (name.equals(new TableName("crm", "items"))) {
      return new TableName("crm2", "old");
    }
    return name.database().equals("shop") ? new TableName("new_shop", name.table()) : name;
  }

  private static String moved(String statement) {
    return GRANTS.moved(RawText.ofUtf8(statement)).toString();
  }

  /** In rights on a database its name is a pattern: it moves if it fits no other database. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "`shop`, `new\\_shop`",
        "`a\\_b`, `c`",
        "`a_b`, `c`",
        "`my_db`, `d_2`",
        "`my\\_db`, `d\\_2`",
        "`w``d`, `x``y`",
        "`b\\\\s`, `t`",
        "`sho_`, `sho_`",
        "`shop%`, `shop%`",
        "`sh%p`, `sh%p`",
        "`a\\_%`, `a\\_%`",
        "`Shop`, `Shop`"
      })
  void patterns(String from, String to) {
    assertThat(moved("GRANT SELECT, INSERT ON " + from + ".* TO 'a'@'%' WITH GRANT OPTION"))
        .isEqualTo("GRANT SELECT, INSERT ON " + to + ".* TO 'a'@'%' WITH GRANT OPTION");
  }

  @Test
  void aPartialRevokeNamesADatabaseAsItIs() {
    assertThat(moved("REVOKE SELECT ON `shop`.* FROM 'a'@'%'"))
        .isEqualTo("REVOKE SELECT ON `new_shop`.* FROM 'a'@'%'");
  }

  @Test
  void tablesAndRoutines() {
    assertThat(moved("GRANT SELECT (`shop`), INSERT ON `shop`.`t``x` TO 'a'@'%'"))
        .isEqualTo("GRANT SELECT (`shop`), INSERT ON `new_shop`.`t``x` TO 'a'@'%'");
    assertThat(moved("GRANT SELECT ON `crm`.`items` TO 'a'@'%'"))
        .isEqualTo("GRANT SELECT ON `crm2`.`old` TO 'a'@'%'");
    assertThat(moved("GRANT EXECUTE ON PROCEDURE `shop`.`p` TO 'a'@'%'"))
        .isEqualTo("GRANT EXECUTE ON PROCEDURE `new_shop`.`p` TO 'a'@'%'");
    assertThat(moved("GRANT EXECUTE ON PACKAGE BODY `shop`.`p` TO 'a'@'%'"))
        .isEqualTo("GRANT EXECUTE ON PACKAGE BODY `new_shop`.`p` TO 'a'@'%'");
    assertThat(moved("GRANT EXECUTE ON FUNCTION `crm`.`items` TO 'a'@'%'"))
        .isEqualTo("GRANT EXECUTE ON FUNCTION `crm`.`items` TO 'a'@'%'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT ALL PRIVILEGES ON *.* TO 'shop'@'%'",
        "GRANT PROXY ON 'shop'@'%' TO 'x ON `shop`.*'@'%'",
        "GRANT 'r ON `shop`.* TO '@'%' TO 'a'@'%'",
        "SET DEFAULT ROLE 'shop' FOR 'a'@'%'",
        "GRANT SELECT ON `other`.* TO 'a'@'%'",
        "GRANT SELECT (`x ON ``shop``.*`) ON `other`.`t` TO '`shop`.*'@'%'"
      })
  void everythingElseStays(String statement) {
    assertThat(moved(statement)).isEqualTo(statement);
  }
}
