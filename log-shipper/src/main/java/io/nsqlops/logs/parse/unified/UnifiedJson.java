package io.nsqlops.logs.parse.unified;

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
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same logs where {@code log.format} is {@code json}: one object a line. The etcd client inside
 * TiDB and PD prints {@code ts}, {@code msg}, {@code logger} and levels in small letters.
 */
final class UnifiedJson {
  private static final byte[] LEVEL = Ascii.bytes("\"level\":\"");
  private static final int LOOK = 80;

  private UnifiedJson() {}

  /** Whether this looks like such a line: an object with a level among its first keys. */
  static boolean recognises(byte[] s, int from, int to) {
    if (to - from < 2 || s[from] != '{' || s[to - 1] != '}') {
      return false;
    }
    return Ascii.indexOf(s, from, Math.min(to, from + LOOK), LEVEL) >= 0;
  }

  static boolean isCertain(byte[] s, int from, int to) {
    return recognises(s, from, to)
        && JsonPayload.object(s, from, to)
            .filter(json -> json.has("caller") && json.has("message"))
            .filter(json -> time(json.path("time").asString("")) != Instants.NONE)
            .isPresent();
  }

  static void parse(byte[] s, int from, int to, EcsField rest, EcsDocument document) {
    Optional<ObjectNode> json = JsonPayload.object(s, from, to);
    String level = json.map(o -> o.path("level").asString("")).orElse("").toUpperCase(Locale.ROOT);
    byte[] levelBytes = level.getBytes(StandardCharsets.UTF_8);
    Optional<Severity> severity = UnifiedHeader.level(levelBytes, 0, levelBytes.length);
    if (json.isEmpty() || severity.isEmpty()) {
      Degraded.whole(s, from, to, document);
      return;
    }
    JsonFields fields = new JsonFields(json.get(), document);
    String timeKey = json.get().has("time") ? "time" : "ts";
    long time = anyTime(json.get().path(timeKey));
    if (time != Instants.NONE) {
      fields.take(timeKey);
      document.timestamp(Instants.second(time), Instants.nanos(time));
    }
    fields.take("level");
    document.level(severity.get());
    fields.take("caller").ifPresent(caller -> origin(caller, document));
    fields.text(EcsField.LOGGER, "logger");
    fields.write(EcsField.MESSAGE, fields.takeAny("message", "msg").orElse(""));
    String thread = json.get().path("thread_id").asString("");
    byte[] threadBytes = thread.getBytes(StandardCharsets.UTF_8);
    if (Digits.number(threadBytes, 0, threadBytes.length) >= 0) {
      fields.number(EcsField.THREAD_ID, "thread_id");
    }
    if (!errorCode(json.get().path("error"), document)) {
      errorCode(json.get().path("err"), document);
    }
    fields.rest(rest);
  }

  private static boolean errorCode(JsonNode error, EcsDocument document) {
    byte[] text = error.asString("").getBytes(StandardCharsets.UTF_8);
    return ErrorCode.write(text, 0, text.length, document);
  }

  private static void origin(String caller, EcsDocument document) {
    byte[] bytes = caller.getBytes(StandardCharsets.UTF_8);
    UnifiedLog.origin(bytes, 0, bytes.length, document);
  }

  private static long anyTime(JsonNode node) {
    if (node.isNumber()) {
      if (!Double.isFinite(node.doubleValue())) {
        return Instants.NONE;
      }
      byte[] number = node.decimalValue().toPlainString().getBytes(StandardCharsets.US_ASCII);
      return Instants.epoch(number, 0, number.length);
    }
    long time = time(node.asString(""));
    byte[] text = node.asString("").getBytes(StandardCharsets.UTF_8);
    return time == Instants.NONE ? Instants.iso8601(text, 0, text.length) : time;
  }

  private static long time(String text) {
    byte[] header = ("[" + text + "] [").getBytes(StandardCharsets.UTF_8);
    return UnifiedHeader.time(header, 0, header.length);
  }
}
