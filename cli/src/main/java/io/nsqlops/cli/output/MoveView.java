package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.move.ExportReport;
import io.nsqlops.backup.flow.move.ImportReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How exports and imports are shown. */
public final class MoveView {
  private MoveView() {}

  public static ObjectNode json(ExportReport report, Path directory, String format) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", report.id())
        .put("directory", directory.toString())
        .put("format", format)
        .put("files", report.files())
        .put("tables", report.tables())
        .put("rows", report.rows())
        .put("bytes", report.bytes());
    ArrayNode notes = json.putArray("notes");
    report.notes().forEach(notes::add);
    return json;
  }

  /** A few lines. */
  public static List<String> text(ExportReport report, Path directory, String format) {
    List<String> lines = new ArrayList<>();
    lines.add("exported  " + report.id() + " to " + directory + " (" + format + ")");
    lines.add(
        "content   "
            + Units.count(report.tables(), "table")
            + ", "
            + Units.count(report.rows(), "row"));
    lines.add(
        "written   " + Units.count(report.files(), "file") + ", " + Units.bytes(report.bytes()));
    report.notes().forEach(n -> lines.add("note      " + n));
    return lines;
  }

  /** The fields of a backup, and what an import adds to them. */
  public static ObjectNode json(ImportReport report, String repository) {
    ObjectNode json = BackupView.json(report.manifest(), repository);
    json.put("importedFrom", report.origin().tool());
    ArrayNode missing = json.putArray("missing");
    report.missing().forEach(missing::add);
    ArrayNode notes = json.putArray("notes");
    report.notes().forEach(notes::add);
    return json;
  }

  /** A paragraph. */
  public static List<String> text(ImportReport report, Path dump) {
    List<String> lines = new ArrayList<>();
    lines.add("imported  " + dump + " (" + report.origin().tool() + ")");
    lines.addAll(BackupView.text(report.manifest()));
    return lines;
  }
}
