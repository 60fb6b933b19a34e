package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.model.Column;
import java.util.List;
import java.util.Set;

/**
 * Where servers that speak MySQL's language differ when rows are loaded.
 *
 * @param loadSettings statements for a loading session
 * @param deferIndexes whether building secondary indexes after the rows is cheaper
 * @param textTypes data types that refuse bytes without a character set and get their text
 *     converted on the way
 * @param longValue from how many bytes of canonical text a value, on average, rows are taken with
 *     less work as parameters of prepared statements than by LOAD DATA, if they fill at least one;
 *     0 for all rows, even a few
 * @param timeToLive whether tables may delete rows by themselves when their time is over; to other
 *     servers what is printed about it is a comment
 */
public record Dialect(
    List<String> loadSettings,
    boolean deferIndexes,
    Set<String> textTypes,
    int longValue,
    boolean timeToLive) {
  private static final String NO_CHECKS = "SET SESSION check_constraint_checks=0";

  /** A {@link #longValue} that no value reaches. */
  public static final int NEVER = Integer.MAX_VALUE;

  /** MariaDB: JSON is text there, but UUID and addresses are types of their own. */
  public static final Dialect MARIADB =
      new Dialect(List.of(NO_CHECKS), true, Set.of("uuid", "inet4", "inet6"), 10, false);

  public static final Dialect MYSQL = new Dialect(List.of(), true, Set.of("json"), NEVER, false);

  /** Whether loading sessions test rows by the checks of their table. */
  public boolean testsChecks() {
    return !loadSettings.contains(NO_CHECKS);
  }

  /** What stores a value of bytes in a column. */
  String stored(Column column, String value) {
    return isConverted(column) ? fromUtf8(value) : value;
  }

  /** The text that bytes of UTF-8 are. */
  static String fromUtf8(String value) {
    return "CONVERT(" + value + " USING utf8mb4)";
  }

  /** Whether bytes are not stored in a column as they are. */
  public boolean isConverted(Column column) {
    return textTypes.contains(column.type());
  }

  public Dialect {
    loadSettings = List.copyOf(loadSettings);
    textTypes = Set.copyOf(textTypes);
  }
}
