package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Warning;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The error value of ENUM columns: an empty text that is no member. A server stores it again, but
 * never without a warning, so just these warnings say that all is well.
 */
final class EnumErrors {
  private static final int DATA_TRUNCATED = 1265;

  private final Table table;

  EnumErrors(Table table) {
    this.table = table;
  }

  /** Whether these warnings are about nothing but error values. */
  boolean explain(List<Warning> shown, int warnings, byte[] text, int length) {
    return shown.size() == warnings
        && shown.stream().allMatch(this::isOfEnum)
        && warnings <= count(text, length);
  }

  private boolean isOfEnum(Warning warning) {
    return warning.code() == DATA_TRUNCATED
        && table.columns().stream()
            .filter(EnumErrors::isEnum)
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
