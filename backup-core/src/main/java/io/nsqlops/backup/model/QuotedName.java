package io.nsqlops.backup.model;

import java.nio.charset.StandardCharsets;

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

  /**
   * What stands in the quotes around this, of whichever kind, in Latin-1 text that keeps every
   * byte.
   */
  public static String unquoted(String latin1) {
    String quote = latin1.substring(0, 1);
    String inner = latin1.substring(1, Math.max(1, latin1.length() - 1));
    byte[] bytes = inner.replace(quote + quote, quote).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
