package io.nsqlops.cli.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.nsqlops.backup.config.ConfigProblems;
import tools.jackson.databind.JsonNode;

/**
 * The published JSON Schema of the file. It is a resource, and so is the schema of the {@code logs}
 * section that it refers to; nothing is fetched.
 */
final class ConfigSchema {
  static final String RESOURCE = "nsql-ops.schema.json";

  private final Schema schema;

  ConfigSchema() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    this.schema = registry.getSchema(SchemaLocation.of("classpath:" + RESOURCE));
  }

  /** Adds what the schema refuses, at the YAML paths concerned. */
  void check(JsonNode document, ConfigProblems problems) {
    for (Error error : schema.validate(document)) {
      String place = yamlPath(error.getInstanceLocation());
      switch (error.getKeyword()) {
        case "additionalProperties" -> problems.add(key(place, error), "is not a known key");
        case "required" -> problems.add(key(place, error), "is required");
        case "dependentRequired" -> {
          // Keys that belong together are known to the binding, which names the missing one.
        }
        default -> problems.add(place, error.getMessage());
      }
    }
  }

  private static String key(String place, Error error) {
    return place.isEmpty() ? error.getProperty() : place + "." + error.getProperty();
  }

  private static String yamlPath(NodePath location) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      if (element instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(element);
      }
    }
    return path.toString();
  }
}
