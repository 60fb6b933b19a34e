package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Table;
import java.util.List;
import java.util.Set;

/**
 * Where servers that speak MySQL's language differ when rows are loaded.
 *
 * @param loadSettings statements for a loading session
 * @param deferIndexes whether building secondary indexes after the rows is cheaper
 * @param textTypes data types that refuse bytes without a character set and get their text
 *     converted on the way
 * @param longValue from how many bytes a value, on average, rows are taken with less work as
 *     parameters of prepared statements than by LOAD DATA
 * @param timeToLive whether tables may delete rows by themselves when their time is over; to other
 *     servers what is printed about it is a comment
 */
public record Dialect(
    List<String> loadSettings,
    boolean deferIndexes,
    Set<String> textTypes,
    int longValue,
    boolean timeToLive) {
  /** For servers that take rows by LOAD DATA with the least work, however long they are. */
  public static final int NO_VALUE = Integer.MAX_VALUE;

  /** MariaDB: JSON is text there, but UUID and addresses are types of their own. */
  public static final Dialect MARIADB =
      new Dialect(
          List.of("SET SESSION check_constraint_checks=0"),
          true,
          Set.of("uuid", "inet4", "inet6"),
          10,
          false);

  public static final Dialect MYSQL = new Dialect(List.of(), true, Set.of("json"), NO_VALUE, false);

  /** The same, but that rows go another way from this length of their values on. */
  public Dialect withLongValue(int bytes) {
    return new Dialect(loadSettings, deferIndexes, textTypes, bytes, timeToLive);
  }

  /** Whether rows of this table arrive with less work as parameters. */
  boolean takesAsParameters(Table table, long bytes, long rows) {
    return longValue != NO_VALUE && bytes >= (long) longValue * table.columns().size() * rows;
  }

  /** What stores a value of bytes in a column. */
  String stored(Column column, String value) {
    return textTypes.contains(column.type()) ? "CONVERT(" + value + " USING utf8mb4)" : value;
  }

  public Dialect {
    loadSettings = List.copyOf(loadSettings);
    textTypes = Set.copyOf(textTypes);
  }
}
