package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Warning;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings of a server that took rows as they are all the same.
 *
 * <p>The error value of ENUM columns, an empty text that is no member, is stored again, but never
 * without a warning. What the server computes itself may not fit its generated column: it warned of
 * that in the source too.
 */
final class LoadWarnings {
  private static final int DATA_TRUNCATED = 1265;

  private final Table table;

  LoadWarnings(Table table) {
    this.table = table;
  }

  /** Whether these warnings do not say that a value was stored otherwise. */
  boolean areHarmless(List<Warning> shown, int warnings, byte[] text, int length) {
    if (warnings == 0) {
      return true; // as nearly always: then nothing need be looked through
    }
    if (shown.size() != warnings) {
      return false;
    }
    boolean computes = QuotedText.without(table.ddl().toString()).contains("GENERATED ALWAYS");
    List<Warning> others = shown.stream().filter(w -> !(computes && isOfGenerated(w))).toList();
    return others.stream().allMatch(this::isOfEnum) && others.size() <= count(text, length);
  }

  /** A warning about a value that is loaded names its column. */
  private boolean isOfGenerated(Warning warning) {
    return warning
        .column()
        .map(name -> table.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(name)))
        .orElseGet(warning::isOfExpression);
  }

  private boolean isOfEnum(Warning warning) {
    return warning.code() == DATA_TRUNCATED
        && table.columns().stream()
            .filter(LoadWarnings::isEnum)
            .anyMatch(c -> warning.message().contains("'" + c.name() + "'"));
  }

  private static boolean isEnum(Column column) {
    return column.type().equals("enum");
  }

  /** How many ENUM fields are empty. */
  private long count(byte[] text, int length) {
    List<Boolean> enums = new ArrayList<>();
    table.columns().forEach(c -> enums.add(isEnum(c)));
    long count = 0;
    int column = 0;
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (text[i] == '\t' || text[i] == '\n') {
        if (i == start && column < enums.size() && enums.get(column)) {
          count++;
        }
        column = text[i] == '\n' ? 0 : column + 1;
        start = i + 1;
      }
    }
    return count;
  }
}
