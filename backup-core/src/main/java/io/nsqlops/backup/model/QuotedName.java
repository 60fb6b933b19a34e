package io.nsqlops.backup.model;

/** Names in backticks, as MySQL and what speaks its language write them. */
public final class QuotedName {
  private QuotedName() {}

  /** A name of one part. */
  public static String of(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A database's name and one in it, with the dot between. */
  public static String of(String database, String name) {
    return of(database) + "." + of(name);
  }

  public static String of(TableName table) {
    return of(table.database(), table.table());
  }
}
