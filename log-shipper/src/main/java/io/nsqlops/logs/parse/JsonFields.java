package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Moves the fields of a JSON line into a document; fields that were taken do not appear again. */
public final class JsonFields {
  private final ObjectNode json;
  private final EcsDocument document;

  public JsonFields(ObjectNode json, EcsDocument document) {
    this.json = json;
    this.document = document;
  }

  /** Takes a field as text; empty if it is not there. Objects and arrays are taken as JSON. */
  public Optional<String> take(String name) {
    JsonNode value = json.remove(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(text(value));
  }

  /** Takes the first of these fields that is there. */
  public Optional<String> takeAny(String... names) {
    for (String name : names) {
      Optional<String> value = take(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /** Takes a field and writes it as text. */
  public void text(EcsField field, String name) {
    take(name).ifPresent(value -> write(field, value));
  }

  /** Takes a field and writes it as a number if it is one. */
  public void number(EcsField field, String name) {
    take(name)
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> Digits.number(bytes, 0, bytes.length))
        .filter(value -> value >= 0)
        .ifPresent(value -> document.number(field, value));
  }

  /** Writes text. */
  public void write(EcsField field, String value) {
    byte[] bytes = bytes(value);
    document.text(field, bytes, 0, bytes.length);
  }

  /** Writes all fields not taken, as strings, into one object. */
  public void rest(EcsField field) {
    pairs(field, json);
  }

  private void pairs(EcsField field, ObjectNode object) {
    if (object.isEmpty()) {
      return;
    }
    document.openObject(field);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      // Elasticsearch refuses documents with an empty key, or with a NUL in one.
      append(name.isEmpty() ? "_" : name.replace('\0', '_'), true);
      append(text(entry.getValue()), false);
    }
    document.closeObject();
  }

  private void append(String text, boolean key) {
    byte[] bytes = bytes(text);
    if (key) {
      document.openKey();
      document.appendText(bytes, 0, bytes.length);
      document.openValue();
    } else {
      document.raw('"');
      document.appendText(bytes, 0, bytes.length);
      document.raw('"');
    }
  }

  /** In UTF-8, which has no surrogates: half a pair is written as JSON had it escaped. */
  private static byte[] bytes(String text) {
    if (text.codePoints().noneMatch(JsonFields::isSurrogate)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isSurrogate(c)) {
                whole.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                whole.appendCodePoint(c);
              }
            });
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asString() : value.toString();
  }
}
