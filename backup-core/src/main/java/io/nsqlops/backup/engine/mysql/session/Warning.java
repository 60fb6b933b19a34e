package io.nsqlops.backup.engine.mysql.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SHOW WARNINGS prints.
 *
 * @param level {@code Note}, {@code Warning} or {@code Error}
 */
public record Warning(String level, int code, String message) {
  private static final Pattern COLUMN =
      Pattern.compile("column (?:'([^']*)'|(?:`[^`]*`\\.){0,2}`([^`]*)`)");

  /**
   * The column it is about, without its table; empty if it is about no value of a column but, for
   * example, about one inside an expression.
   */
  public Optional<String> column() {
    Matcher column = COLUMN.matcher(message);
    if (!column.find()) {
      return Optional.empty();
    }
    return Optional.of(column.group(1) == null ? column.group(2) : column.group(1));
  }

  @Override
  public String toString() {
    return code + " " + message;
  }
}
