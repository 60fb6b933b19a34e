package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a section: tables with their chunks. A chunk is an array: id, rows, bytes, stored
 * bytes, last key, forced, inline text.
 */
public final class SectionJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private SectionJson() {}

  public static byte[] write(List<TableBackup> tables) {
    ObjectNode root = JSON.createObjectNode().put("version", ManifestJson.VERSION);
    ArrayNode array = root.putArray("tables");
    tables.forEach(t -> array.add(table(t)));
    return JSON.writeValueAsBytes(root);
  }

  private static ObjectNode table(TableBackup backup) {
    Table table = backup.table();
    ObjectNode node = JSON.createObjectNode();
    node.put("database", table.name().database());
    node.put("table", table.name().table());
    ArrayNode columns = node.putArray("columns");
    for (Column column : table.columns()) {
      columns.addArray().add(column.name()).add(column.type()).add(column.charset());
    }
    node.put("keyColumns", table.keyColumns());
    node.put("splittable", table.splittable());
    node.set("ddl", RawTextJson.write(table.ddl()));
    if (!table.condition().isEmpty()) {
      node.put("where", table.condition());
    }
    node.put("targetShift", backup.targetShift());
    node.put("rowsDigest", backup.rowsDigest());
    ArrayNode chunks = node.putArray("chunks");
    for (ChunkRef chunk : backup.chunks()) {
      chunks
          .addArray()
          .add(chunk.id())
          .add(chunk.rows())
          .add(chunk.bytes())
          .add(chunk.storedBytes())
          .add(RawTextJson.write(chunk.last()))
          .add(chunk.forced())
          .add(RawTextJson.write(chunk.inline()));
    }
    return node;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException if it is anything else
   */
  public static List<TableBackup> read(byte[] json) {
    JsonNode root = JSON.readTree(json);
    ManifestJson.requireVersion(root);
    List<TableBackup> tables = new ArrayList<>();
    Sharing shared = new Sharing();
    root.required("tables").forEach(t -> tables.add(table(t, shared)));
    return tables;
  }

  /** Equal values of one section once: many tables are alike, as those of many tenants. */
  private static final class Sharing {
    private final Map<String, String> databases = new HashMap<>();
    private final Map<List<Column>, List<Column>> columns = new HashMap<>();

    String database(String name) {
      return databases.computeIfAbsent(name, n -> n);
    }

    List<Column> columns(List<Column> list) {
      return columns.computeIfAbsent(List.copyOf(list), l -> l);
    }
  }

  private static TableBackup table(JsonNode node, Sharing shared) {
    List<Column> columns = new ArrayList<>();
    node.required("columns")
        .forEach(
            c ->
                columns.add(
                    new Column(
                        c.required(0).stringValue(),
                        c.required(1).stringValue(),
                        c.required(2).stringValue())));
    String database = shared.database(ManifestJson.text(node, "database"));
    List<ChunkRef> chunks = new ArrayList<>();
    node.required("chunks").forEach(c -> chunks.add(chunk(c)));
    Table table =
        new Table(
            new TableName(database, ManifestJson.text(node, "table")),
            shared.columns(columns),
            node.required("keyColumns").intValue(),
            node.required("splittable").booleanValue(),
            RawTextJson.read(node.required("ddl")),
            node.path("where").asString(""));
    return new TableBackup(
        table,
        node.required("targetShift").intValue(),
        chunks,
        ManifestJson.text(node, "rowsDigest"));
  }

  private static ChunkRef chunk(JsonNode node) {
    return new ChunkRef(
        node.required(0).stringValue(),
        node.required(1).longValue(),
        node.required(2).longValue(),
        node.required(3).longValue(),
        RawTextJson.readOrNull(node.required(4)),
        node.required(5).booleanValue(),
        RawTextJson.readOrNull(node.required(6)));
  }
}
