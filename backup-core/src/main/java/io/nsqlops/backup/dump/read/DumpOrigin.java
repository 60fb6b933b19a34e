package io.nsqlops.backup.dump.read;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a dump comes from, as far as it tells.
 *
 * @param tool that wrote it
 * @param engine of the server it was made of; empty if it does not tell
 * @param position of the server, as in the backups of ours; empty if it does not tell
 * @param time when it was finished, in whatever zone: the files do not say which
 */
public record DumpOrigin(String tool, String engine, String position, Optional<Instant> time) {
  /** Nothing else is known. */
  public static DumpOrigin of(String tool) {
    return new DumpOrigin(tool, "", "", Optional.empty());
  }

  public DumpOrigin withPosition(String where) {
    return new DumpOrigin(tool, engine, where, time);
  }
}
