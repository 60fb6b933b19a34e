package io.nsqlops.backup.engine.mysql.session;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SHOW WARNINGS prints.
 *
 * @param level {@code Note}, {@code Warning} or {@code Error}
 */
public record Warning(String level, int code, String message) {
  private static final Pattern COLUMN =
      Pattern.compile("(?s).*column (?:'(.*)'|(?:`.*`\\.)?`([^`]*)`) at row \\d+$");

  /** What a server says of values inside expressions. */
  private static final Set<Integer> OF_EXPRESSIONS = Set.of(1292, 1365);

  /** Whether it is about a value that the server computed, and no column's. */
  public boolean isOfExpression() {
    return OF_EXPRESSIONS.contains(code) && column().isEmpty();
  }

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
