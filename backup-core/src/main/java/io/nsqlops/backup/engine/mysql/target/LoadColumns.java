package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which columns the fields of a LOAD DATA statement go to. */
public final class LoadColumns {
  /** Those that can count by AUTO_INCREMENT. */
  private static final Set<String> COUNTING =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "float", "double");

  private LoadColumns() {}

  /**
   * The end of a statement: {@code (a,@v1) SET b=…}.
   *
   * @param columns in the order of the fields; one without a name is passed over
   * @param converted which of them take text in UTF-8, and not bytes as they are
   */
  public static String of(List<Column> columns, Predicate<Column> converted) {
    // Beside a SET, MariaDB forgets NO_AUTO_VALUE_ON_ZERO for columns that are read directly.
    boolean counting = columns.stream().anyMatch(converted);
    List<String> fields = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (Column column : columns) {
      String variable = "@v" + fields.size();
      if (column.name().isEmpty()) {
        fields.add("@nothing");
      } else if (converted.test(column) || (counting && COUNTING.contains(column.type()))) {
        fields.add(variable);
        sets.add(
            Sql.name(column.name())
                + "="
                + (converted.test(column) ? Dialect.fromUtf8(variable) : variable));
      } else {
        fields.add(Sql.name(column.name()));
      }
    }
    String set = sets.isEmpty() ? "" : " SET " + String.join(", ", sets);
    return "(" + (fields.isEmpty() ? "@nothing" : String.join(",", fields)) + ")" + set;
  }
}
