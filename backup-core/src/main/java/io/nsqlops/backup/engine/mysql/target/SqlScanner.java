package io.nsqlops.backup.engine.mysql.target;

/** Finds its way past quotes in statements a server printed. */
final class SqlScanner {
  private SqlScanner() {}

  /** The position behind the quoted text that begins at {@code open}. */
  public static int endOfQuoted(String sql, int open) {
    char quote = sql.charAt(open);
    int at = open + 1;
    while (true) {
      char c = sql.charAt(at);
      if (c == '\\' && quote != '`') {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
  }

  /** The text without anything quoted. */
  public static String unquoted(String sql) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '`' || c == '\'' || c == '"') {
        at = endOfQuoted(sql, at);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
