package io.nsqlops.logs.parse.mysql;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.JsonFields;
import io.nsqlops.logs.parse.JsonPayload;
import io.nsqlops.logs.parse.ServerLabel;
import io.nsqlops.logs.parse.errorlog.ErrorLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What {@code component_log_sink_json} writes: one object a line. */
final class MysqlJson {
  private static final EcsField SYMBOL = new EcsField("mysql.err_symbol");
  private static final EcsField STATE = new EcsField("mysql.sql_state");
  private static final EcsField FIELDS = new EcsField("mysql.fields");

  private MysqlJson() {}

  /** Whether this looks like such a line. Parsing tells for certain. */
  static boolean recognises(byte[] s, int from, int to) {
    if (to - from < 2 || s[from] != '{' || s[to - 1] != '}') {
      return false;
    }
    String line = new String(s, from, Math.min(to - from, 2048), StandardCharsets.ISO_8859_1);
    return line.contains("\"prio\"") && line.contains("\"err_code\"");
  }

  /** The code as the text log prints it: {@code MY-010051}. */
  private static String asText(String code) {
    boolean number = !code.isEmpty() && code.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? "MY-" + "0".repeat(Math.max(0, 6 - code.length())) + code : code;
  }

  static void parse(byte[] s, int from, int to, EcsDocument document) {
    Optional<ObjectNode> json = JsonPayload.object(s, from, to);
    byte[] time =
        json.map(o -> o.path("time").asString("")).orElse("").getBytes(StandardCharsets.UTF_8);
    long instant = Instants.rfc3339(time, 0, time.length);
    if (json.isEmpty() || instant == Instants.NONE) {
      Degraded.whole(s, from, to, document);
      return;
    }
    JsonFields fields = new JsonFields(json.get(), document);
    fields.take("time");
    document.timestamp(Instants.second(instant), Instants.nanos(instant));
    byte[] label = fields.take("label").orElse("").getBytes(StandardCharsets.UTF_8);
    document.level(ServerLabel.level(label, 0, label.length));
    fields.take("err_code").ifPresent(code -> fields.write(EcsField.ERROR_CODE, asText(code)));
    fields.text(SYMBOL, "err_symbol");
    fields.text(STATE, "SQL_state");
    fields.text(ErrorLog.SUBSYSTEM, "subsystem");
    fields.text(EcsField.THREAD_ID, "thread");
    fields.text(EcsField.ORIGIN_FILE, "source_file");
    fields.text(EcsField.ORIGIN_LINE, "source_line");
    fields.text(EcsField.ORIGIN_FUNCTION, "function");
    fields.write(EcsField.MESSAGE, fields.take("msg").orElse(""));
    fields.rest(FIELDS);
  }
}
