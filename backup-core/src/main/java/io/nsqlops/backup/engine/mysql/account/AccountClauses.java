package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.util.List;
import java.util.stream.Collectors;

/** A CREATE USER statement that names only what differs from the default. */
final class AccountClauses {
  private final StringBuilder sql;

  AccountClauses(String beginning) {
    sql = new StringBuilder(beginning);
  }

  AccountClauses add(boolean wanted, String clause) {
    if (wanted) {
      sql.append(' ').append(clause);
    }
    return this;
  }

  /** A word and the items that are not empty, if there are any. */
  AccountClauses list(String word, String... items) {
    String all = List.of(items).stream().filter(i -> !i.isEmpty()).collect(Collectors.joining(" "));
    return add(!all.isEmpty(), word + " " + all);
  }

  /** An item with a text; empty if the text is. */
  static String text(String word, String text) {
    return text.isEmpty() ? "" : word + " " + Sql.string(text);
  }

  /** An item with a number; empty if that is 0 or missing. */
  static String number(String word, String number) {
    return number.matches("(0(\\.0*)?)?") ? "" : word + " " + number;
  }

  /**
   * When the password expires.
   *
   * @param days 0 for never, empty for the server's default
   */
  AccountClauses lifetime(String days) {
    return add(
        !days.isEmpty(),
        days.equals("0") ? "PASSWORD EXPIRE NEVER" : "PASSWORD EXPIRE INTERVAL " + days + " DAY");
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}
