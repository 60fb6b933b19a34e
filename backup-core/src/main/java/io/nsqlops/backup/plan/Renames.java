package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.TableName;
import java.util.Map;

/**
 * Under which names databases and tables are restored.
 *
 * @param names {@code db} to {@code db2}, {@code db.table} to {@code table2} or {@code db2.table2}
 */
record Renames(Map<String, String> names) {
  Renames {
    names = Map.copyOf(names);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  String database(String database) {
    return names.getOrDefault(database, database);
  }

  /** Whether this table goes its own way, not that of its database. */
  boolean nameTable(TableName name) {
    return names.containsKey(name.toString());
  }

  TableName table(TableName name) {
    String exact = names.get(name.toString());
    if (exact == null) {
      return new TableName(database(name.database()), name.table());
    }
    int dot = exact.indexOf('.');
    return dot < 0
        ? new TableName(name.database(), exact)
        : new TableName(exact.substring(0, dot), exact.substring(dot + 1));
  }
}
