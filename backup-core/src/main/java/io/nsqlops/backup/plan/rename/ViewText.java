package io.nsqlops.backup.plan.rename;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where in a view's text, as servers print it, names of relations stand. */
final class ViewText {
  /** No server prints a comma between the tables of a view. */
  private static final Pattern BEFORE_RELATION =
      Pattern.compile(
          "(?s).*(?:\\b(?:view|from|join|straight_join)|nextval|lastval|setval|value for)[\\s(]*");

  private static final int NEAR = 64;

  private ViewText() {}

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
    return BEFORE_RELATION.matcher(before).matches();
  }
}
