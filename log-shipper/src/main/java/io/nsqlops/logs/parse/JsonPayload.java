package io.nsqlops.logs.parse;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON a log line holds, read strictly: what is passed on must be accepted by others. */
public final class JsonPayload {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonPayload() {}

  /** The object these bytes are, empty if they are none. */
  public static Optional<ObjectNode> object(byte[] s, int from, int to) {
    if (from >= to || s[from] != '{') {
      return Optional.empty();
    }
    try {
      JsonNode node = STRICT.readTree(s, from, to - from);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
