package io.nsqlops.backup.plan.rename;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a view's text, as MySQL and MariaDB print it, names of relations stand. */
final class ViewText {
  /** They print no comma between tables, and keywords in small letters; TiDB does neither. */
  private static final Pattern QUERY = Pattern.compile(" AS \\(*(?:(select|with)|SELECT|WITH)\\b");

  private static final Pattern BEFORE_RELATION =
      Pattern.compile(
          "(?s).*(?:\\b(?:view|from|join|straight_join)|nextval|lastval|setval|value for)[\\s(]*");

  /** Functions of which an argument follows the same word. */
  private static final Pattern IN_FUNCTION =
      Pattern.compile("(?s).*\\b(?:extract|trim)\\((?:[^()`]|`[^`]*`)*\\bfrom[\\s(]*");

  private static final int NEAR = 64;

  private ViewText() {}

  /** Where the query of such a view begins; −1 if the text is not of that kind. */
  static int query(String sql) {
    Matcher query = QUERY.matcher(sql);
    return query.find() && query.group(1) != null ? query.start(1) : -1;
  }

  /**
   * Whether a qualified name is that of a table, view, sequence or function, and not of a column.
   *
   * @param at where it begins
   * @param end where it ends
   */
  static boolean isRelation(String sql, int at, int end) {
    if (end < sql.length() && sql.charAt(end) == '(') {
      return true;
    }
    String before = sql.substring(Math.max(0, at - NEAR), at).toLowerCase(Locale.ROOT);
    return BEFORE_RELATION.matcher(before).matches() && !IN_FUNCTION.matcher(before).matches();
  }
}
