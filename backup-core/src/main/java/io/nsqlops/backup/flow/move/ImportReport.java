package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.read.DumpOrigin;
import io.nsqlops.backup.model.Manifest;
import java.util.List;

/**
 * What an import came to.
 *
 * @param manifest of the backup that was made
 * @param missing what the scratch server did not take: by file and line
 * @param notes what it took otherwise than it was, and what was left out
 */
public record ImportReport(
    Manifest manifest, DumpOrigin origin, List<String> missing, List<String> notes) {
  public ImportReport {
    missing = List.copyOf(missing);
    notes = List.copyOf(notes);
  }
}
