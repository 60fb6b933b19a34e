package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Sql;

/**
 * A line of SHOW GRANTS, taken apart. Servers do not all quote the names of accounts, and some add
 * the password's hash behind them: only what stands before the account is used as it is printed.
 *
 * @param text as far as the account's name: {@code GRANT SELECT ON `db`.*}
 * @param behind the account's name and what follows it
 */
record GrantLine(String text, String behind) {
  private static final String OPTION = " WITH GRANT OPTION";

  /** Whether the line tells of what is read from tables instead: roles and proxies. */
  static boolean isElsewhere(String line) {
    boolean role = line.startsWith("GRANT ") && "'`".indexOf(line.charAt(6)) >= 0;
    return role || line.startsWith("GRANT PROXY ") || line.startsWith("SET DEFAULT ROLE ");
  }

  /**
   * Takes a line apart.
   *
   * @throws IllegalArgumentException if it is no GRANT or REVOKE
   */
  static GrantLine parse(String line) {
    boolean grant = line.startsWith("GRANT ");
    int on = behindNames(line, " ON ", 0);
    int to = on < 0 ? -1 : behindNames(line, grant ? " TO " : " FROM ", on);
    if (to < 0 || !(grant || line.startsWith("REVOKE "))) {
      throw new IllegalArgumentException("neither GRANT nor REVOKE");
    }
    return new GrantLine(line.substring(0, to), line.substring(to + (grant ? 4 : 6)));
  }

  /** The first such text outside of backticks, the only quotes before an account's name. */
  private static int behindNames(String line, String text, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      if (line.charAt(i) == '`') {
        quoted = !quoted;
      } else if (!quoted && line.startsWith(text, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether it is about this account, whose name this server quotes with backticks. */
  boolean isOf(AccountName account) {
    String name =
        Sql.name(account.user()) + (account.host() == null ? "" : "@" + Sql.name(account.host()));
    return behind.equals(name) || behind.startsWith(name + " ");
  }

  boolean isGlobal() {
    return text.endsWith(" ON *.*");
  }

  /** Where nothing follows the account but this: an account's name ends with a quote. */
  boolean hasOption() {
    return behind.endsWith(OPTION);
  }

  /** Whether nothing is granted. */
  boolean isEmpty(boolean option) {
    return text.equals("GRANT USAGE ON *.*") && !option;
  }

  String statement(AccountName account, boolean option) {
    String preposition = text.startsWith("GRANT ") ? " TO " : " FROM ";
    return text + preposition + account.quoted() + (option ? OPTION : "");
  }
}
