package io.nsqlops.backup.engine.mysql.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MariaDbUserTest {
  private static final AccountName NAME = new AccountName("", "10.%");

  private static Account account(AccountName name, String json) {
    return new MariaDbUser(name, JsonMapper.shared().readTree(json)).account();
  }

  @Test
  void rolesAreRoles() {
    assertThat(account(new AccountName("it's", null), "{\"is_role\":true}").create())
        .containsExactly("CREATE ROLE 'it\\'s'");
  }

  @Test
  void anAccountOfWhichNothingIsKnown() {
    assertThat(account(NAME, "{}").create()).containsExactly("CREATE USER ''@'10.%'");
  }

  @Test
  void aKeyOfAnotherPluginIsKeptAsItIs() {
    String json =
        "{\"plugin\":\"ed25519\",\"authentication_string\":"
            + "\"ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY\"}";
    assertThat(account(NAME, json).create())
        .containsExactly(
            "CREATE USER ''@'10.%' IDENTIFIED VIA 'ed25519'"
                + " USING 'ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY'");
  }

  @Test
  void theWaysToAuthenticateKeepTheirOrder() {
    String outer = "{\"plugin\":\"a\",\"authentication_string\":\"x'y\",";
    assertThat(account(NAME, outer + "\"auth_or\":[{\"plugin\":\"b\"},{}]}").create().get(0))
        .endsWith(" IDENTIFIED VIA 'b' OR 'a' USING 'x\\'y'");
    assertThat(account(NAME, outer + "\"auth_or\":[{},{\"plugin\":\"b\"}]}").create().get(0))
        .endsWith(" IDENTIFIED VIA 'a' USING 'x\\'y' OR 'b'");
  }

  @Test
  void everyClauseHasItsPlace() {
    String json =
        "{\"access\":1,\"plugin\":\"mysql_native_password\",\"authentication_string\":\"*0\","
            + "\"ssl_type\":3,\"ssl_cipher\":\"\",\"x509_issuer\":\"/CN=ca\",\"x509_subject\":\"s\","
            + "\"max_questions\":5,\"max_user_connections\":-1,\"max_statement_time\":1.500000,"
            + "\"account_locked\":true,\"password_last_changed\":0,\"password_lifetime\":30}";
    assertThat(account(NAME, json).create())
        .containsExactly(
            "CREATE USER ''@'10.%' IDENTIFIED VIA 'mysql_native_password' USING '*0'"
                + " REQUIRE SUBJECT 's' ISSUER '/CN=ca'"
                + " WITH MAX_QUERIES_PER_HOUR 5 MAX_USER_CONNECTIONS -1 MAX_STATEMENT_TIME 1.5"
                + " ACCOUNT LOCK PASSWORD EXPIRE INTERVAL 30 DAY",
            "ALTER USER ''@'10.%' PASSWORD EXPIRE");
  }

  @Test
  void passwordsExpireOrDoNot() {
    assertThat(account(NAME, "{\"password_lifetime\":-1}").create())
        .containsExactly("CREATE USER ''@'10.%'");
    assertThat(account(NAME, "{\"password_lifetime\":0}").create())
        .containsExactly("CREATE USER ''@'10.%' PASSWORD EXPIRE NEVER");
    assertThat(account(NAME, "{\"password_last_changed\":0,\"password_lifetime\":-1}").create())
        .containsExactly("CREATE USER ''@'10.%' PASSWORD EXPIRE");
  }

  @Test
  void whatIsNotKnownIsTold() {
    assertThat(account(NAME, "{\"news\":1,\"access\":0}").warning())
        .isEqualTo("not in the backup: news");
  }
}
