package io.nsqlops.backup.model;

import java.util.Locale;

/** Which side of tables is meant. */
public enum Content {
  ALL,
  /** Definitions alone. */
  SCHEMA,
  /** Rows alone: for tables that exist. */
  DATA;

  /** {@code all}, {@code schema}, {@code data}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
