package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a manifest; docs/repository-format.md is its specification. */
public final class ManifestJson {
  /** Version of manifests, sections and schema objects. */
  public static final int VERSION = 1;

  private static final JsonMapper JSON = JsonMapper.shared();

  private ManifestJson() {}

  public static byte[] write(Manifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("id", manifest.id());
    root.put("codec", manifest.codec());
    root.putObject("server")
        .put("engine", manifest.server().engine())
        .put("version", manifest.server().version())
        .put("address", manifest.server().address());
    root.putObject("snapshot")
        .put("position", manifest.snapshot().position())
        .put("time", manifest.snapshot().time().toString());
    root.put("started", manifest.started().toString());
    root.put("finished", manifest.finished().toString());
    ObjectNode tags = root.putObject("tags");
    new TreeMap<>(manifest.tags()).forEach(tags::put);
    Manifest.Totals totals = manifest.totals();
    root.putObject("totals")
        .put("tables", totals.tables())
        .put("rows", totals.rows())
        .put("bytes", totals.bytes())
        .put("storedBytes", totals.storedBytes())
        .put("newBytes", totals.newBytes())
        .put("chunks", totals.chunks())
        .put("newChunks", totals.newChunks());
    root.set("schema", object(manifest.schema()));
    ArrayNode sections = root.putArray("sections");
    manifest.sections().forEach(s -> sections.add(object(s)));
    ArrayNode warnings = root.putArray("warnings");
    manifest.warnings().forEach(warnings::add);
    if (!manifest.scope().equals(Scope.ALL)) {
      root.set("scope", ScopeJson.write(manifest.scope()));
    }
    return JSON.writeValueAsBytes(root);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException if it is anything else
   */
  public static Manifest read(byte[] json) {
    JsonNode root = JSON.readTree(json);
    requireVersion(root);
    JsonNode server = root.required("server");
    JsonNode snapshot = root.required("snapshot");
    Map<String, String> tags = new LinkedHashMap<>();
    root.required("tags")
        .properties()
        .forEach(t -> tags.put(t.getKey(), t.getValue().stringValue()));
    List<StoredObject> sections = new ArrayList<>();
    root.required("sections").forEach(s -> sections.add(object(s)));
    List<String> warnings = new ArrayList<>();
    root.required("warnings").forEach(w -> warnings.add(w.stringValue()));
    return new Manifest(
        text(root, "id"),
        root.required("codec").intValue(),
        new ServerInfo(text(server, "engine"), text(server, "version"), text(server, "address")),
        new SnapshotPoint(text(snapshot, "position"), Instant.parse(text(snapshot, "time"))),
        Instant.parse(text(root, "started")),
        Instant.parse(text(root, "finished")),
        tags,
        totals(root.required("totals")),
        object(root.required("schema")),
        sections,
        warnings,
        ScopeJson.read(root.path("scope")));
  }

  private static Manifest.Totals totals(JsonNode node) {
    return new Manifest.Totals(
        number(node, "tables"),
        number(node, "rows"),
        number(node, "bytes"),
        number(node, "storedBytes"),
        number(node, "newBytes"),
        number(node, "chunks"),
        number(node, "newChunks"));
  }

  private static ObjectNode object(StoredObject object) {
    return JSON.createObjectNode()
        .put("key", object.key())
        .put("bytes", object.bytes())
        .put("sha256", object.sha256());
  }

  private static StoredObject object(JsonNode node) {
    return new StoredObject(text(node, "key"), number(node, "bytes"), text(node, "sha256"));
  }

  static void requireVersion(JsonNode root) {
    int version = root.required("version").intValue();
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + " is newer than this program");
    }
  }

  static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  static long number(JsonNode node, String field) {
    return node.required(field).longValue();
  }
}
