package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.TableBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How one backup is shown in full. */
public final class ContentsView {
  private ContentsView() {}

  /** Adds tables and other objects to the fields of a backup. */
  public static ObjectNode json(BackupContents contents, String repository) {
    ObjectNode json = BackupView.json(contents.manifest(), repository);
    ArrayNode tables = json.putArray("contents");
    for (TableBackup table : contents.tables()) {
      ObjectNode row = tables.addObject();
      row.put("table", table.table().name().toString())
          .put("rows", table.rows())
          .put("bytes", table.bytes())
          .put("storedBytes", stored(table))
          .put("chunks", table.chunks().size());
      ArrayNode key = row.putArray("key");
      table.table().key().stream().map(Column::name).forEach(key::add);
    }
    ArrayNode objects = json.putArray("objects");
    for (SchemaObject object : contents.objects()) {
      objects
          .addObject()
          .put("kind", object.kind().name().toLowerCase(Locale.ROOT))
          .put("database", object.database())
          .put("name", object.name())
          .put("warning", object.warning());
    }
    return json;
  }

  /** What the backup is, what it holds, and its tables if they are wanted. */
  public static List<String> text(BackupContents contents, boolean withTables) {
    List<String> lines = new ArrayList<>(BackupView.text(contents.manifest()));
    Map<SchemaObject.Kind, Long> kinds =
        contents.objects().stream()
            .filter(o -> o.kind() != SchemaObject.Kind.GRANTS)
            .collect(
                Collectors.groupingBy(SchemaObject::kind, TreeMap::new, Collectors.counting()));
    if (!kinds.isEmpty()) {
      lines.add(
          "also      "
              + kinds.entrySet().stream()
                  .map(e -> Units.count(e.getValue(), e.getKey().name().toLowerCase(Locale.ROOT)))
                  .collect(Collectors.joining(", ")));
    }
    contents.manifest().warnings().forEach(w -> lines.add("warning   " + w));
    if (withTables) {
      lines.add("");
      lines.addAll(tables(contents.tables()));
    }
    return lines;
  }

  private static List<String> tables(List<TableBackup> tables) {
    TextTable table = new TextTable("TABLE", ">ROWS", ">SIZE", ">STORED", ">CHUNKS", "KEY");
    for (TableBackup row : tables) {
      table.row(
          row.table().name().toString(),
          Units.count(row.rows()),
          Units.bytes(row.bytes()),
          Units.bytes(stored(row)),
          Units.count(row.chunks().size()),
          row.table().keyed()
              ? row.table().key().stream().map(Column::name).collect(Collectors.joining(", "))
              : "-");
    }
    return table.lines();
  }

  private static long stored(TableBackup table) {
    return table.chunks().stream().mapToLong(ChunkRef::storedBytes).sum();
  }
}
