package io.nsqlops.backup.config;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A place in the configuration tree that knows its YAML path. Reading a wrong value records a
 * problem and answers as if the value were absent, so that binding goes on to the next one.
 */
public final class ConfigNode {
  private final JsonNode node;
  private final String path;
  private final ConfigProblems problems;

  private ConfigNode(JsonNode node, String path, ConfigProblems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** The root of a document. An empty document counts as an empty mapping. */
  public static ConfigNode root(JsonNode document, ConfigProblems problems) {
    return new ConfigNode(document.isNull() ? MissingNode.getInstance() : document, "", problems);
  }

  public boolean isPresent() {
    return !node.isMissingNode();
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Records a problem with this very place. */
  public void problem(String message) {
    problems.add(path, message);
  }

  /** Records a problem with a key of this mapping. */
  public void problem(String key, String message) {
    problems.add(path(key), message);
  }

  /** The mapping under {@code key}; an absent one reads as empty. */
  public ConfigNode child(String key) {
    JsonNode value = present(key);
    if (!value.isMissingNode() && !value.isObject()) {
      problem(key, "must be a mapping");
      value = MissingNode.getInstance();
    }
    return new ConfigNode(value, path(key), problems);
  }

  /** The elements of the list of mappings under {@code key}. */
  public List<ConfigNode> children(String key) {
    List<ConfigNode> children = new ArrayList<>();
    int i = 0;
    for (JsonNode element : array(key)) {
      ConfigNode child = new ConfigNode(element, path(key) + "[" + i++ + "]", problems);
      if (element.isObject()) {
        children.add(child);
      } else {
        child.problem("must be a mapping");
      }
    }
    return children;
  }

  public @Nullable String text(String key) {
    return value(key, Function.identity());
  }

  public String text(String key, String absent) {
    String value = text(key);
    return value == null ? absent : value;
  }

  /** A text turned into a value by {@code parse}, which may refuse it with an exception. */
  public <T> @Nullable T value(String key, Function<String, T> parse) {
    JsonNode value = present(key);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isString()) {
      problem(key, "must be a text");
      return null;
    }
    return parsed(path(key), value.stringValue(), parse);
  }

  /** As {@link #value}, and absence is a problem too. */
  public <T> @Nullable T required(String key, Function<String, T> parse) {
    if (!has(key)) {
      problem(key, "is required");
    }
    return value(key, parse);
  }

  public @Nullable Integer integer(String key, int minimum) {
    JsonNode value = present(key);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < minimum) {
      problem(key, "must be a whole number of at least " + minimum);
      return null;
    }
    return value.asInt();
  }

  public int integer(String key, int minimum, int absent) {
    Integer value = integer(key, minimum);
    return value == null ? absent : value;
  }

  public boolean flag(String key, boolean absent) {
    JsonNode value = present(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      problem(key, "must be true or false");
      return absent;
    }
    return value.isMissingNode() ? absent : value.booleanValue();
  }

  /** The list of texts under {@code key}, each turned into a value; an absent one is empty. */
  public <T> List<T> values(String key, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    int i = 0;
    for (JsonNode element : array(key)) {
      String place = path(key) + "[" + i++ + "]";
      if (!element.isString()) {
        problems.add(place, "must be a text");
        continue;
      }
      T value = parsed(place, element.stringValue(), parse);
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  public List<String> texts(String key) {
    return values(key, Function.identity());
  }

  /** The mapping of texts under {@code key}, in the order written. */
  public Map<String, String> textMap(String key) {
    ConfigNode child = child(key);
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : child.keys()) {
      String value = child.text(name);
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }

  public Set<String> keys() {
    return new LinkedHashSet<>(node.propertyNames());
  }

  private List<JsonNode> array(String key) {
    JsonNode value = present(key);
    if (!value.isMissingNode() && !value.isArray()) {
      problem(key, "must be a list");
      return List.of();
    }
    return List.copyOf(value.values());
  }

  private <T> @Nullable T parsed(String place, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      problems.add(place, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private JsonNode present(String key) {
    JsonNode value = node.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
