package io.nsqlops.backup.engine.mysql.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountNameTest {
  @Test
  void namesAndHostsAreQuoted() {
    assertThat(new AccountName("app", "%").quoted()).isEqualTo("'app'@'%'");
    assertThat(new AccountName("", "localhost").quoted()).isEqualTo("''@'localhost'");
    assertThat(new AccountName("o'b\\x", "10.0.0.0/255.0.0.0").quoted())
        .isEqualTo("'o\\'b\\\\x'@'10.0.0.0/255.0.0.0'");
    assertThat(new AccountName("ro'le", null).quoted()).isEqualTo("'ro\\'le'");
    assertThat(new AccountName("a", null).matches()).isEqualTo("User='a' AND Host=''");
    assertThat(new AccountName("a", "h_%").matches()).isEqualTo("User='a' AND Host='h_%'");
  }

  @Test
  void theHostIsBehindTheLastAt() {
    assertThat(AccountName.ofCurrentUser("root@localhost"))
        .isEqualTo(new AccountName("root", "localhost"));
    assertThat(AccountName.ofCurrentUser("a@b@::1")).isEqualTo(new AccountName("a@b", "::1"));
    assertThat(AccountName.ofCurrentUser("@%")).isEqualTo(new AccountName("", "%"));
  }

  @Test
  void theServersOwnAreKnown() {
    assertThat(new AccountName("mysql.sys", "localhost").isSystem()).isTrue();
    assertThat(new AccountName("mariadb.sys", "localhost").isSystem()).isTrue();
    assertThat(new AccountName("PUBLIC", null).isSystem()).isTrue();
    assertThat(new AccountName("PUBLIC", "%").isSystem()).isFalse();
    assertThat(new AccountName("mysql.sys", "%").isSystem()).isFalse();
    assertThat(new AccountName("root", "localhost").isSystem()).isFalse();
  }

  @Test
  void rolesAreGiven() {
    AccountName role = new AccountName("r`1", null);
    AccountName user = new AccountName("it's", "%");
    assertThat(new RoleGrant(role, user, false).statement())
        .isEqualTo("GRANT 'r`1' TO 'it\\'s'@'%'");
    assertThat(new RoleGrant(role, user, true).statement())
        .isEqualTo("GRANT 'r`1' TO 'it\\'s'@'%' WITH ADMIN OPTION");
  }
}
