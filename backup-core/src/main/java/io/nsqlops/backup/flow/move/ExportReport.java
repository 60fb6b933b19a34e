package io.nsqlops.backup.flow.move;

import java.util.List;

/**
 * What an export came to.
 *
 * @param id of the backup
 * @param bytes of the files
 * @param notes what the files hold otherwise than the backup does
 */
public record ExportReport(
    String id, long files, long tables, long rows, long bytes, List<String> notes) {
  public ExportReport {
    notes = List.copyOf(notes);
  }
}
