package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.RawText;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Raw text in JSON: a string where it is UTF-8, else {@code {"base64": …}}. */
final class RawTextJson {
  private RawTextJson() {}

  static JsonNode write(@Nullable RawText text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (text == null) {
      return nodes.nullNode();
    }
    return text.asUtf8()
        .<JsonNode>map(nodes::stringNode)
        .orElseGet(
            () ->
                nodes.objectNode().put("base64", Base64.getEncoder().encodeToString(text.bytes())));
  }

  static @Nullable RawText readOrNull(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isObject()) {
      return RawText.of(Base64.getDecoder().decode(node.required("base64").stringValue()));
    }
    return RawText.ofUtf8(node.stringValue());
  }

  static RawText read(JsonNode node) {
    RawText text = readOrNull(node);
    if (text == null) {
      throw new IllegalArgumentException("text is missing");
    }
    return text;
  }
}
