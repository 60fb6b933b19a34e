package io.nsqlops.backup.engine.mysql.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantLineTest {
  private static final AccountName ODD = new AccountName("q'u\\o\"te`x", "10.0.0.0/255.255.255.0");
  private static final String QUOTED = "'q\\'u\\\\o\"te`x'@'10.0.0.0/255.255.255.0'";

  private static String again(String line) {
    GrantLine grant = GrantLine.parse(line);
    return grant.statement(ODD, grant.hasOption());
  }

  @Test
  void theAccountIsWrittenAnewHoweverItWasQuoted() {
    String tidb = "GRANT SELECT,RELOAD ON *.* TO 'q'u\\o\"te`x'@'10.0.0.0/255.255.255.0'";
    String mysql = "GRANT SELECT,RELOAD ON *.* TO `q'u\\o\"te``x`@`10.0.0.0/255.255.255.0`";
    String expected = "GRANT SELECT,RELOAD ON *.* TO " + QUOTED;
    assertThat(again(tidb)).isEqualTo(expected);
    assertThat(again(mysql)).isEqualTo(expected);
    assertThat(again(mysql + " WITH GRANT OPTION")).isEqualTo(expected + " WITH GRANT OPTION");
  }

  @Test
  void whatLooksLikeTheEndOfANameIsPartOfIt() {
    assertThat(again("GRANT SELECT (`a TO b`), INSERT (`x``y`) ON `d ON e`.`t TO u` TO `x`@`%`"))
        .isEqualTo("GRANT SELECT (`a TO b`), INSERT (`x``y`) ON `d ON e`.`t TO u` TO " + QUOTED);
    assertThat(again("REVOKE SELECT ON `s FROM t`.* FROM `x`@`%`"))
        .isEqualTo("REVOKE SELECT ON `s FROM t`.* FROM " + QUOTED);
    assertThat(again("GRANT EXECUTE ON PROCEDURE `s`.`p` TO `a WITH GRANT OPTION`@`%`"))
        .isEqualTo("GRANT EXECUTE ON PROCEDURE `s`.`p` TO " + QUOTED);
  }

  @Test
  void theHashBehindTheNameIsLeftOut() {
    String line = "GRANT RELOAD ON *.* TO `n`@`%` IDENTIFIED BY PASSWORD '*14E6' REQUIRE SSL";
    GrantLine grant = GrantLine.parse(line);
    assertThat(grant.isGlobal()).isTrue();
    assertThat(grant.isOf(new AccountName("n", "%"))).isTrue();
    assertThat(grant.statement(ODD, true))
        .isEqualTo("GRANT RELOAD ON *.* TO " + QUOTED + " WITH GRANT OPTION");
  }

  @Test
  void rolesAndUsersOfOneNameAreToldApart() {
    GrantLine ofRole = GrantLine.parse("GRANT USAGE ON *.* TO `r1`");
    assertThat(ofRole.isOf(new AccountName("r1", null))).isTrue();
    assertThat(ofRole.isOf(new AccountName("r1", "%"))).isFalse();
    GrantLine ofUser = GrantLine.parse("GRANT USAGE ON *.* TO `r1`@`%`");
    assertThat(ofUser.isOf(new AccountName("r1", null))).isFalse();
    assertThat(ofUser.isOf(new AccountName("r1", "%"))).isTrue();
    assertThat(ofUser.isEmpty(false)).isTrue();
    assertThat(ofUser.isEmpty(true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT `r1`@`%`,`r2`@`%` TO `c`@`%` WITH ADMIN OPTION",
        "GRANT 'a ON b'@'%' TO 'c'@'%'",
        "GRANT PROXY ON 'q'u'@'h' TO 'c'@'%'",
        "SET DEFAULT ROLE `r1` FOR `c`@`%`"
      })
  void rolesAndProxiesComeFromTables(String line) {
    assertThat(GrantLine.isElsewhere(line)).isTrue();
    assertThat(GrantLine.isElsewhere("GRANT USAGE ON *.* TO `a`@`%`")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "DENY SELECT ON `s`.* TO `a`", "GRANT SELECT", "GRANT SELECT ON `s`.*"})
  void anythingElseIsNotGuessed(String line) {
    assertThatThrownBy(() -> GrantLine.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
