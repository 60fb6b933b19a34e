package io.nsqlops.logs.kibana;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is installed, as Kibana exports and imports it: one JSON object a line. */
public final class SavedObjects {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ALL_LOGS = "nsqlops-logs";
  private static final String RESOURCE = "/nsql-ops-kibana.ndjson";

  private SavedObjects() {}

  /**
   * All objects, in an order in which none refers to a later one.
   *
   * @param datasets further datasets the view of all logs shows
   */
  public static List<String> lines(Collection<String> datasets) {
    return lines().stream().map(line -> widened(line, datasets)).toList();
  }

  private static String widened(String line, Collection<String> datasets) {
    ObjectNode object = (ObjectNode) JSON.readTree(line);
    if (!object.path("id").asString().equals(ALL_LOGS) || datasets.isEmpty()) {
      return line;
    }
    ObjectNode attributes = (ObjectNode) object.get("attributes");
    StringBuilder title = new StringBuilder(attributes.path("title").asString());
    new TreeSet<>(datasets).forEach(dataset -> title.append(",logs-" + dataset + "-*"));
    attributes.put("title", title.toString());
    return JSON.writeValueAsString(object);
  }

  /** All objects, for the datasets of the formats. */
  public static List<String> lines() {
    try (InputStream in = SavedObjects.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
