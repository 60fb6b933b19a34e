package io.nsqlops.backup.model;

/** Finds its way past what is quoted in SQL: names, strings. */
public final class QuotedText {
  private QuotedText() {}

  /** Where the quoted text that begins at {@code open} ends; the end of all if it never does. */
  public static int end(String sql, int open) {
    return end(sql, open, Quoting.USUAL);
  }

  /** As {@link #end(String, int)}, for a statement written under an sql_mode of its own. */
  public static int end(String sql, int open, Quoting quoting) {
    char quote = sql.charAt(open);
    boolean escapes = quoting.escapesIn(quote);
    int at = open + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && escapes) {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  /** The text without anything quoted. */
  public static String without(String sql) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '`' || c == '\'' || c == '"') {
        at = end(sql, at);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
