package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document as Elasticsearch would read it: strict about repeated keys. */
public record Parsed(JsonNode json) {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public static Parsed by(LineFormat format, String text) {
    return by(format, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Parsed by(LineFormat format, byte[] text) {
    JsonBytes out = new JsonBytes(16);
    EcsDocument document = new EcsDocument(out);
    document.begin(out, "{\"event.dataset\":\"x\"".getBytes(StandardCharsets.US_ASCII));
    // In the middle of a larger buffer: a parser must not look beyond its text.
    byte[] buffer = new byte[text.length + 20];
    java.util.Arrays.fill(buffer, (byte) ']');
    System.arraycopy(text, 0, buffer, 10, text.length);
    format.parse(buffer, 10, 10 + text.length, document);
    document.end();
    byte[] exact = new byte[out.size()];
    System.arraycopy(out.array(), 0, exact, 0, exact.length);
    return new Parsed(STRICT.readTree(exact));
  }

  public String text(String field) {
    return json.path(field).asString("");
  }

  public String message() {
    return text("message");
  }

  public List<String> tags() {
    return StreamSupport.stream(json.path("tags").spliterator(), false)
        .map(JsonNode::asString)
        .toList();
  }
}
