package io.nsqlops.backup.engine.mysql.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MysqlUserTest {
  private final Map<String, byte[]> columns = new HashMap<>();

  MysqlUserTest() {
    set("user", "it's");
    set("host", "%");
    set("plugin", "caching_sha2_password");
  }

  private void set(String column, String value) {
    columns.put(column, value.getBytes(StandardCharsets.UTF_8));
  }

  private Account account() {
    UserRow row = new UserRow(columns);
    return new MysqlUser(row, Requirement.ofColumns(row)).account();
  }

  @Test
  void whatIsDefaultIsNotNamed() {
    set("max_questions", "0");
    set("password_expired", "N");
    set("account_locked", "N");
    assertThat(account().create())
        .containsExactly("CREATE USER 'it\\'s'@'%' IDENTIFIED WITH 'caching_sha2_password'");
    assertThat(account().warning()).isEmpty();
    assertThat(account()).hasToString("'it\\'s'@'%'");
  }

  @Test
  void everyByteOfAHashIsKept() {
    set("authentication_string", "$A$005$\u0001'\\\n\u007f\0");
    assertThat(account().create().get(0)).endsWith(" AS '$A$005$\u0001\\'\\\\\\n\u007f\\0'");
    columns.put("authentication_string", new byte[] {(byte) 0xff, 0x27});
    assertThat(account().create().get(0)).endsWith(" AS 0xff27");
  }

  @Test
  void everyClauseHasItsPlace() {
    set("ssl_type", "SPECIFIED");
    set("x509_subject", "/CN=it's");
    set("ssl_cipher", "AES");
    set("max_updates", "6");
    set("max_user_connections", "8");
    set("password_lifetime", "30");
    set("account_locked", "Y");
    set("password_reuse_history", "0");
    set("password_reuse_time", "7");
    set("password_require_current", "N");
    set(
        "user_attributes",
        "{\"Password_locking\": {\"failed_login_attempts\": 3, \"password_lock_time_days\": -1},"
            + " \"metadata\": {\"comment\":\"it's\"}, \"resource_group\": \"g`1\"}");
    assertThat(account().create())
        .containsExactly(
            "CREATE USER 'it\\'s'@'%' IDENTIFIED WITH 'caching_sha2_password'"
                + " REQUIRE SUBJECT '/CN=it\\'s' CIPHER 'AES'"
                + " WITH MAX_UPDATES_PER_HOUR 6 MAX_USER_CONNECTIONS 8"
                + " PASSWORD EXPIRE INTERVAL 30 DAY ACCOUNT LOCK PASSWORD HISTORY 0"
                + " PASSWORD REUSE INTERVAL 7 DAY PASSWORD REQUIRE CURRENT OPTIONAL"
                + " FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME UNBOUNDED"
                + " ATTRIBUTE '{\"comment\":\"it\\'s\"}' RESOURCE GROUP `g``1`");
  }

  @Test
  void anExpiredPasswordIsToldLastWhereItHasATermToo() {
    set("password_expired", "Y");
    assertThat(account().create()).hasSize(1).allMatch(s -> s.endsWith(" PASSWORD EXPIRE"));
    set("password_lifetime", "0");
    assertThat(account().create())
        .hasSize(2)
        .contains("ALTER USER 'it\\'s'@'%' PASSWORD EXPIRE")
        .anyMatch(s -> s.endsWith(" PASSWORD EXPIRE NEVER"));
  }

  @Test
  void twoPasswordsAreSetOneAfterTheOther() {
    set("authentication_string", "new");
    set("user_attributes", "{\"additional_password\": \"o'ld\"}");
    assertThat(account().create())
        .containsExactly(
            "CREATE USER 'it\\'s'@'%' IDENTIFIED WITH 'caching_sha2_password' AS 'o\\'ld'",
            "ALTER USER 'it\\'s'@'%' IDENTIFIED WITH 'caching_sha2_password' AS 'new' RETAIN CURRENT"
                + " PASSWORD");
  }

  @Test
  void whatIsNotKnownIsTold() {
    set(
        "user_attributes",
        "{\"Restrictions\": [], \"news\": 1, \"multi_factor_authentication\": [{\"plugin\":"
            + " \"webauthn\", \"authentication_string\": \"k\", \"requires_registration\": 1}]}");
    assertThat(account().create().get(0)).endsWith(" AND IDENTIFIED WITH 'webauthn' AS 'k'");
    assertThat(account().warning())
        .isEqualTo("not in the backup: news, the registration of webauthn");
  }

  @Test
  void theAttributesDoNotShowWhatTheyHold() {
    assertThat(UserAttributes.parse("{\"additional_password\": \"hash\"}").toString())
        .contains("additional_password")
        .doesNotContain("hash");
  }
}
