package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of everything that is not a table. */
public final class SchemaJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private SchemaJson() {}

  public static byte[] write(List<SchemaObject> objects) {
    ObjectNode root = JSON.createObjectNode().put("version", ManifestJson.VERSION);
    ArrayNode array = root.putArray("objects");
    for (SchemaObject object : objects) {
      ObjectNode node = array.addObject();
      node.put("kind", object.kind().name());
      node.put("database", object.database());
      node.put("name", object.name());
      ArrayNode statements = node.putArray("statements");
      object.statements().forEach(s -> statements.add(RawTextJson.write(s)));
      ObjectNode session = node.putObject("session");
      new TreeMap<>(object.session()).forEach(session::put);
      node.put("warning", object.warning());
      if (!object.table().isEmpty()) {
        node.put("table", object.table());
      }
    }
    return JSON.writeValueAsBytes(root);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException if it is anything else
   */
  public static List<SchemaObject> read(byte[] json) {
    JsonNode root = JSON.readTree(json);
    ManifestJson.requireVersion(root);
    List<SchemaObject> objects = new ArrayList<>();
    root.required("objects").forEach(o -> objects.add(object(o)));
    return objects;
  }

  private static SchemaObject object(JsonNode node) {
    List<RawText> statements = new ArrayList<>();
    node.required("statements").forEach(s -> statements.add(RawTextJson.read(s)));
    Map<String, String> session = new LinkedHashMap<>();
    node.required("session")
        .properties()
        .forEach(s -> session.put(s.getKey(), s.getValue().stringValue()));
    return new SchemaObject(
        SchemaObject.Kind.valueOf(ManifestJson.text(node, "kind")),
        ManifestJson.text(node, "database"),
        ManifestJson.text(node, "name"),
        statements,
        session,
        ManifestJson.text(node, "warning"),
        node.path("table").asString(""));
  }
}
