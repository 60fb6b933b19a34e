package io.nsqlops.backup.model;

import java.util.List;

/**
 * A base table as it is read at a snapshot.
 *
 * @param name where it is
 * @param columns the stored columns in reading order: the key columns first, in key order
 * @param keyColumns how many leading columns form the key that orders and cuts the rows; 0 if the
 *     table has no usable key and is read as one unordered stream
 * @param splittable whether key values can be written as literals that compare as the key's index
 *     does, so that the table can be read in ranges
 * @param ddl the statement that creates it, as the server prints it, next automatic id included
 * @param condition in SQL: which of its rows are meant; empty for all
 */
public record Table(
    TableName name,
    List<Column> columns,
    int keyColumns,
    boolean splittable,
    RawText ddl,
    String condition) {
  public Table {
    columns = List.copyOf(columns);
    if (keyColumns < 0 || keyColumns > columns.size()) {
      throw new IllegalArgumentException(name + ": " + keyColumns + " key columns");
    }
    if (splittable && keyColumns == 0) {
      throw new IllegalArgumentException(name + ": splittable without a key");
    }
  }

  /** With all its rows. */
  public Table(
      TableName name, List<Column> columns, int keyColumns, boolean splittable, RawText ddl) {
    this(name, columns, keyColumns, splittable, ddl, "");
  }

  /** Those of its rows for which the condition is true; all if it is empty. */
  public Table where(String which) {
    return new Table(name, columns, keyColumns, splittable, ddl, which);
  }

  public boolean keyed() {
    return keyColumns > 0;
  }

  public List<Column> key() {
    return columns.subList(0, keyColumns);
  }
}
