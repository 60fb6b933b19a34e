package io.nsqlops.backup.model;

import java.util.Comparator;

/**
 * A table of a database (in MySQL's words; a schema elsewhere), exactly as the server spells it.
 */
public record TableName(String database, String table) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::database).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
