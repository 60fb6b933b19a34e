package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.dump.Compression;
import java.nio.file.Path;

/**
 * One file of a dump in a directory.
 *
 * @param database as the name of the file has it, codes included
 * @param table likewise; empty where the file belongs to a database
 * @param form how it is written
 */
public record DumpFile(
    Path path, Stage stage, String database, String table, Form form, Compression compression) {

  /** In the order of loading. */
  public enum Stage {
    DATABASE,
    SEQUENCE,
    TABLE,
    DATA,
    /** Indexes and foreign keys that wait for the rows. */
    AFTER_DATA,
    /** Functions, procedures, events. Before views, which may call functions. */
    PROGRAM,
    VIEW,
    TRIGGER;

    /** Whether a dump is still worth a backup without it. */
    public boolean isDispensable() {
      return this == PROGRAM || this == VIEW || this == TRIGGER;
    }
  }

  /** How a file is written. */
  public enum Form {
    SQL,
    CSV
  }
}
