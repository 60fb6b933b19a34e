package io.nsqlops.logs.sink.file;

import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.model.UtcText;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.KeptLetters.Kept;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One dead letter as a line: a JSON object that says when and why, the line of the log as it was
 * read, and what was sent.
 */
final class LetterText {
  private static final JsonMapper JSON = new JsonMapper();

  private LetterText() {}

  static void write(DeadLetter letter, Instant now, JsonBytes out) {
    ascii(out, "{\"@timestamp\":\"");
    new UtcText().write(out, now.getEpochSecond(), now.getNano());
    ascii(out, "\",\"status\":");
    out.decimal(letter.status());
    field(out, "type", letter.type());
    field(out, "reason", letter.reason());
    field(out, "original", letter.original());
    field(out, "action", letter.action());
    field(out, "document", letter.document());
    ascii(out, "}\n");
  }

  private static void field(JsonBytes out, String name, String value) {
    ascii(out, ",\"" + name + "\":\"");
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.text(bytes, 0, bytes.length);
    out.raw('"');
  }

  private static void ascii(JsonBytes out, String text) {
    out.raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The letter at this place; empty if the line is none, or one that cannot be sent. */
  static Optional<Kept> read(byte[] line, long place) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    String action = node.path("action").asString("");
    String document = node.path("document").asString("");
    boolean sendable =
        action.startsWith("{\"create\":{")
            && document.startsWith("{")
            && (action + document).indexOf('\n') < 0;
    return sendable
        ? Optional.of(
            new Kept(
                place,
                line.length,
                time(node.path("@timestamp").asString("")),
                new DeadLetter(
                    node.path("status").asInt(0),
                    node.path("type").asString(""),
                    node.path("reason").asString(""),
                    action,
                    document,
                    node.path("original").asString(""))))
        : Optional.empty();
  }

  private static @Nullable Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
