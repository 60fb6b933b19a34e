package io.nsqlops.backup.model;

import java.util.Locale;

/** What shares its names with tables in a server. */
public enum Relation {
  TABLE,
  VIEW,
  SEQUENCE;

  /**
   * By the TABLE_TYPE of information_schema: base tables, versioned and temporary ones are all
   * tables.
   */
  public static Relation ofType(String tableType) {
    return switch (tableType) {
      case "VIEW", "SYSTEM VIEW" -> VIEW;
      case "SEQUENCE" -> SEQUENCE;
      default -> TABLE;
    };
  }

  /** In a word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
