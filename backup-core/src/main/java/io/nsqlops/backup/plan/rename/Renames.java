package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.TableName;
import java.util.Map;

/**
 * Under which names databases and tables are restored.
 *
 * @param names {@code db} to {@code db2}, {@code db.table} to {@code table2} or {@code db2.table2}
 */
public record Renames(Map<String, String> names) {
  /** Longest name of a database or table. */
  private static final int LONGEST = 64;

  public Renames {
    names = Map.copyOf(names);
    names.forEach(Renames::requireName);
  }

  private static void requireName(String from, String to) {
    int dot = to.indexOf('.');
    boolean named =
        dot < 0 ? isName(to) : isName(to.substring(0, dot)) && isName(to.substring(dot + 1));
    if (!named) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--rename " + from + "=" + to,
          "'" + to + "' is no name of a database or table",
          "names have 1 to 64 characters, end with no space, and are written without quotes");
    }
  }

  private static boolean isName(String text) {
    int length = text.codePointCount(0, text.length());
    // whoever writes `a` means a
    boolean quoted = length > 1 && text.startsWith("`") && text.endsWith("`");
    return length >= 1 && length <= LONGEST && !text.endsWith(" ") && !quoted;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** The name this database is restored under. */
  public String database(String database) {
    return names.getOrDefault(database, database);
  }

  /** Whether this table goes its own way, not that of its database. */
  boolean nameTable(TableName name) {
    return names.containsKey(name.toString());
  }

  /** The name this table or view is restored under. */
  public TableName table(TableName name) {
    String exact = names.get(name.toString());
    if (exact == null) {
      return new TableName(database(name.database()), name.table());
    }
    int dot = exact.indexOf('.');
    return dot < 0
        ? new TableName(database(name.database()), exact)
        : new TableName(exact.substring(0, dot), exact.substring(dot + 1));
  }
}
