package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.model.Tag;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields whose values are replaced in finished documents. Immutable.
 *
 * <p>What could not be parsed may hold anything, so the message of such a document is replaced too.
 */
public final class FieldRedaction {
  /** Numbers stay as they were written. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Without these a document could not be stored, told from others, or found. */
  private static final Set<String> NEEDED =
      Set.of(
          EcsField.TIMESTAMP.name(),
          EcsField.TAGS.name(),
          EcsField.LOG_OFFSET.name(),
          EcsField.COUNT.name(),
          EcsField.DOC_COUNT.name(),
          "event.dataset",
          "host.name");

  private final Set<String> names;

  private FieldRedaction(Set<String> names) {
    this.names = names;
  }

  public static FieldRedaction none() {
    return new FieldRedaction(Set.of());
  }

  /**
   * @throws IllegalArgumentException if a document cannot do without one of them
   */
  public static FieldRedaction of(List<String> names) {
    names.stream()
        .filter(NEEDED::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("no document can do without " + name);
            });
    return new FieldRedaction(new TreeSet<>(names));
  }

  public boolean isNone() {
    return names.isEmpty();
  }

  /**
   * Replaces the values in the document that begins at {@code from} and ends where the buffer does:
   * text by {@link Redaction#MARK}; what is not text is taken out, it could not be stored.
   *
   * @return how many were there; empty, and nothing replaced, if the document cannot be read again
   */
  public OptionalInt apply(JsonBytes document, int from) {
    ObjectNode json;
    try {
      json = (ObjectNode) JSON.readTree(document.array(), from, document.size() - from);
    } catch (JacksonException e) {
      return OptionalInt.empty();
    }
    int places = 0;
    for (String name : names) {
      places += replace(json, name);
    }
    if (!names.contains(EcsField.MESSAGE.name()) && isUnparsed(json)) {
      places += replace(json, EcsField.MESSAGE.name());
    }
    if (places > 0) {
      document.truncate(from);
      document.raw(JSON.writeValueAsBytes(json));
    }
    return OptionalInt.of(places);
  }

  private static boolean isUnparsed(ObjectNode json) {
    for (JsonNode tag : json.path(EcsField.TAGS.name())) {
      String mark = tag.asString("");
      if (mark.equals(Tag.UNPARSED.text()) || mark.equals(Tag.PARSE_PARTIAL.text())) {
        return true;
      }
    }
    return false;
  }

  /** A field of the document, or a key of one of its flattened objects, which has dots too. */
  private static int replace(ObjectNode json, String name) {
    if (json.has(name)) {
      put(json, name);
      return 1;
    }
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      String key = name.substring(dot + 1);
      if (json.get(name.substring(0, dot)) instanceof ObjectNode inner && inner.has(key)) {
        put(inner, key);
        return 1;
      }
    }
    return 0;
  }

  private static void put(ObjectNode object, String key) {
    JsonNode value = object.get(key);
    if (value.isString() || value.isContainer()) {
      object.put(key, Redaction.MARK);
    } else {
      object.remove(key);
    }
  }
}
