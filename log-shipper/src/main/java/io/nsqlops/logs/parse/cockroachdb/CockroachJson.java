package io.nsqlops.logs.parse.cockroachdb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.JsonFields;
import io.nsqlops.logs.parse.JsonPayload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object a line, with full names or with the one-letter names of the compact form. */
final class CockroachJson {
  private static final EcsField REST = new EcsField("cockroachdb.fields");
  private static final byte[] FULL = Ascii.bytes("\"channel_numeric\"");
  private static final byte[] COMPACT = Ascii.bytes("\"c\":");
  private static final int LOOK = 120;

  private CockroachJson() {}

  /** Whether the beginning of the line names the channel as this format does. */
  static boolean recognises(byte[] s, int from, int to) {
    if (to - from < 2 || s[from] != '{' || s[to - 1] != '}') {
      return false;
    }
    int end = Math.min(to, from + LOOK);
    return Ascii.indexOf(s, from, end, FULL) >= 0 || Ascii.indexOf(s, from, end, COMPACT) >= 0;
  }

  static void parse(byte[] s, int from, int to, EcsDocument document) {
    Optional<ObjectNode> json = JsonPayload.object(s, from, to);
    long time = json.map(CockroachJson::time).orElse(Instants.NONE);
    if (json.isEmpty() || time == Instants.NONE) {
      Degraded.whole(s, from, to, document);
      return;
    }
    JsonFields fields = new JsonFields(json.get(), document);
    fields.takeAny("timestamp", "t");
    document.timestamp(Instants.second(time), Instants.nanos(time));
    String severity = fields.takeAny("severity", "sev").orElse("INFO");
    fields.takeAny("severity_numeric", "s");
    Severity level = CrdbHeader.severity(severity.isEmpty() ? 'I' : severity.charAt(0));
    document.level(level == null ? Severity.INFO : level);
    channel(fields, document);
    number(fields, EcsField.THREAD_ID, "goroutine", "g", document);
    fields.takeAny("file", "f").ifPresent(file -> fields.write(EcsField.ORIGIN_FILE, file));
    number(fields, EcsField.ORIGIN_LINE, "line", "l", document);
    number(fields, CockroachLog.COUNTER, "entry_counter", "n", document);
    String redactable = fields.takeAny("redactable", "r").orElse("0");
    document.flag(CockroachLog.REDACTABLE, redactable.equals("1"));
    fields.text(CockroachLog.TAGS, "tags");
    fields.text(EcsField.STACK_TRACE, "stacks");
    event(json.get(), fields, document);
    fields.rest(REST);
  }

  private static void channel(JsonFields fields, EcsDocument document) {
    String number = fields.takeAny("channel_numeric", "c").orElse("");
    String channel = fields.takeAny("channel", "C").orElse(number);
    byte[] digits = channel.getBytes(StandardCharsets.UTF_8);
    if (Digits.number(digits, 0, digits.length) >= 0) {
      Channel.write(digits, 0, digits.length, document);
    } else {
      fields.write(Channel.FIELD, channel);
    }
  }

  private static void event(ObjectNode json, JsonFields fields, EcsDocument document) {
    if (json.get("event") instanceof ObjectNode event) {
      json.remove("event");
      String message = fields.take("message").orElse(event.toString());
      fields.write(EcsField.MESSAGE, message);
      JsonFields inner = new JsonFields(event, document);
      inner.text(EcsField.EVENT_ACTION, "EventType");
      inner.rest(CockroachLog.EVENT);
    } else {
      fields.write(EcsField.MESSAGE, fields.take("message").orElse(""));
    }
  }

  private static void number(
      JsonFields fields, EcsField field, String full, String compact, EcsDocument document) {
    fields
        .takeAny(full, compact)
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> Digits.number(bytes, 0, bytes.length))
        .filter(value -> value >= 0)
        .ifPresent(value -> document.number(field, value));
  }

  /** {@code "1136214245.654321000"}. */
  private static long time(ObjectNode json) {
    JsonNode node = json.has("timestamp") ? json.path("timestamp") : json.path("t");
    byte[] text = node.asString("").getBytes(StandardCharsets.UTF_8);
    return Instants.epoch(text, 0, text.length);
  }
}
