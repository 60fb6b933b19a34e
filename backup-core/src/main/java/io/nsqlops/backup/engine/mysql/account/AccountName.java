package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user or a role.
 *
 * @param host where a user may come from, as a pattern; null for a role of MariaDB
 */
record AccountName(String user, @Nullable String host) {
  /** A host nobody comes from. */
  private static final String NOWHERE = "0.0.0.0";

  private static final String PROBE = "nsql_ops_";

  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "'mysql.infoschema'@'localhost'",
          "'mysql.session'@'localhost'",
          "'mysql.sys'@'localhost'",
          "'mariadb.sys'@'localhost'",
          "'PUBLIC'");

  /** What CURRENT_USER() prints, without any quotes. A host has no {@code @} in it. */
  static AccountName ofCurrentUser(String text) {
    int at = text.lastIndexOf('@');
    return new AccountName(text.substring(0, at), text.substring(at + 1));
  }

  /**
   * An account of ours that nobody can use, to try rights with.
   *
   * @param hexadecimal eight digits that no other has
   */
  static AccountName probe(String hexadecimal) {
    return new AccountName(PROBE + hexadecimal, NOWHERE);
  }

  /** Whether it is such a {@link #probe}, maybe left by a restore that was killed. */
  boolean isProbe() {
    return NOWHERE.equals(host) && user.matches(PROBE + "[0-9a-f]{8}");
  }

  /** As it is written in statements, and as it is named in a backup. */
  String quoted() {
    return host == null ? Sql.string(user) : Sql.string(user) + "@" + Sql.string(host);
  }

  boolean isRole() {
    return host == null;
  }

  /** Whether no backup holds it: the server makes it by itself, or we did for a moment. */
  boolean isSystem() {
    return OF_THE_SERVER.contains(quoted()) || isProbe();
  }

  /** A condition on the columns User and Host. */
  String matches() {
    return "User=" + Sql.string(user) + " AND Host=" + (host == null ? "''" : Sql.string(host));
  }
}
