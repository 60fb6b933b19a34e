package io.nsqlops.backup.dump.write;

import java.util.Locale;

/** How a backup is written out. */
public enum DumpFormat {
  /** A directory of scripts, as Dumpling makes it. */
  DUMPLING,
  /** The same with the rows in CSV files. */
  CSV,
  /** One script. */
  SQL;

  /** {@code dumpling}, {@code csv}, {@code sql}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
