package io.nsqlops.logs.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One mapping of the configuration being read. Remembers which keys were asked for, so that the
 * others can be refused, and collects problems instead of stopping at the first.
 */
final class ConfigNode {
  private final @Nullable JsonNode node;
  private final String path;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  ConfigNode(@Nullable JsonNode node, String path, List<String> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (node != null && !node.isObject()) {
      problem("", "must be a mapping");
    }
  }

  /** The keys that are there. */
  List<String> keys() {
    return node == null || !node.isObject() ? List.of() : List.copyOf(node.propertyNames());
  }

  boolean has(String key) {
    return child(key) != null;
  }

  void problem(String key, String what) {
    problems.add((key.isEmpty() ? path : path + '.' + key) + ": " + what);
  }

  private @Nullable JsonNode child(String key) {
    known.add(key);
    JsonNode value = node == null || !node.isObject() ? null : node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  /** The value of a key as text; empty, with a problem noted, if it is something else. */
  Optional<String> text(String key) {
    JsonNode value = child(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      problem(key, "must be text");
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  /** The value of a key, converted; what the conversion refuses becomes a problem. */
  <T> Optional<T> value(String key, Function<String, T> conversion) {
    return text(key).flatMap(text -> converted(key, text, conversion));
  }

  private <T> Optional<T> converted(String key, String text, Function<String, T> conversion) {
    try {
      return Optional.of(conversion.apply(text));
    } catch (RuntimeException e) {
      String message = e.getMessage();
      problem(key, message == null ? "is not valid" : message);
      return Optional.empty();
    }
  }

  /** The values of a list; one value stands for a list of one. */
  <T> List<T> values(String key, Function<String, T> conversion) {
    JsonNode value = child(key);
    if (value == null) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    int i = 0;
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      String at = key + '[' + i++ + ']';
      if (element.isValueNode()) {
        converted(at, element.asString(), conversion).ifPresent(values::add);
      } else {
        problem(at, "must be text");
      }
    }
    return values;
  }

  /** The mapping under a key; empty of keys if there is none. */
  ConfigNode mapping(String key) {
    return new ConfigNode(child(key), path + '.' + key, problems);
  }

  List<ConfigNode> mappings(String key) {
    JsonNode value = child(key);
    List<ConfigNode> list = new ArrayList<>();
    if (value != null && !value.isArray()) {
      problem(key, "must be a list");
    } else if (value != null) {
      for (JsonNode element : value) {
        list.add(new ConfigNode(element, path + '.' + key + '[' + list.size() + ']', problems));
      }
    }
    return list;
  }

  /** Notes a problem for every key nobody asked for. */
  void refuseOthers() {
    if (node != null && node.isObject()) {
      node.propertyNames().stream()
          .filter(key -> !known.contains(key))
          .forEach(key -> problem(key, "is not known here; known are " + String.join(", ", known)));
    }
  }
}
