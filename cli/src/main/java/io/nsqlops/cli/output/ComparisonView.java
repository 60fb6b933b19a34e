package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.DefinitionDiff;
import io.nsqlops.backup.flow.DiffFlow;
import io.nsqlops.backup.flow.VerifyFlow;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the outcome of {@code diff} and of {@code verify} is shown. */
public final class ComparisonView {
  private ComparisonView() {}

  public static ObjectNode json(DiffFlow.Report report) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("first", report.first())
        .put("second", report.second())
        .put("tables", report.tables())
        .put("equal", report.equal());
    ArrayNode differences = json.putArray("differences");
    for (DiffFlow.TableDiff diff : report.differences()) {
      differences
          .addObject()
          .put("table", diff.table().toString())
          .put("state", diff.state())
          .put("range", diff.range().toString())
          .put("onlyFirst", diff.onlyFirst())
          .put("onlySecond", diff.onlySecond())
          .put("changed", diff.changed());
    }
    ArrayNode definitions = json.putArray("definitions");
    for (DefinitionDiff diff : report.definitions()) {
      ObjectNode definition =
          definitions.addObject().put("object", diff.object()).put("state", diff.state());
      diff.onlyFirst().forEach(definition.putArray("onlyFirst")::add);
      diff.onlySecond().forEach(definition.putArray("onlySecond")::add);
    }
    return json;
  }

  public static List<String> text(DiffFlow.Report report) {
    List<String> lines = new ArrayList<>();
    lines.add("first   " + report.first());
    lines.add("second  " + report.second());
    if (report.equal()) {
      lines.add(
          "equal: " + Units.count(report.tables(), "table") + ", every row and every definition");
    } else {
      report.differences().forEach(d -> lines.add(d.toString()));
      for (DefinitionDiff diff : report.definitions()) {
        lines.add(diff.toString());
        diff.onlyFirst().forEach(line -> lines.add("  - " + line));
        diff.onlySecond().forEach(line -> lines.add("  + " + line));
      }
      lines.add(
          Units.count(report.differences().size())
              + " of "
              + Units.count(report.tables(), "table")
              + " differ in rows, "
              + Units.count(report.definitions().size(), "definition")
              + (report.definitions().size() == 1 ? " differs" : " differ"));
    }
    return lines;
  }

  public static ObjectNode json(VerifyFlow.Report report) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", report.id())
        .put("intact", report.damages().isEmpty())
        .put("tables", report.tables())
        .put("rows", report.rows())
        .put("bytes", report.bytes())
        .put("chunks", report.chunks())
        .put("allChunks", report.allChunks());
    ArrayNode damages = json.putArray("damages");
    for (VerifyFlow.Damage damage : report.damages()) {
      damages
          .addObject()
          .put("table", damage.table().toString())
          .put("range", damage.range().toString())
          .put("object", damage.object())
          .put("what", damage.what());
    }
    return json;
  }

  public static List<String> text(VerifyFlow.Report report) {
    List<String> lines = new ArrayList<>();
    lines.add("backup  " + report.id());
    lines.add(
        "read    "
            + chunks(report)
            + " of "
            + Units.count(report.tables(), "table")
            + ", "
            + Units.bytes(report.bytes())
            + " of text");
    report.damages().forEach(d -> lines.add("damage  " + d));
    lines.add(verdict(report));
    return lines;
  }

  private static String chunks(VerifyFlow.Report report) {
    return report.chunks() == report.allChunks()
        ? Units.count(report.chunks(), "chunk")
        : Units.count(report.chunks()) + " of " + Units.count(report.allChunks(), "chunk");
  }

  private static String verdict(VerifyFlow.Report report) {
    if (!report.damages().isEmpty()) {
      return "damaged: " + Units.count(report.damages().size(), "chunk");
    }
    return report.chunks() == report.allChunks()
        ? "intact: every chunk decodes to what its name says"
        : "intact as far as read; the next run goes on from there";
  }
}
