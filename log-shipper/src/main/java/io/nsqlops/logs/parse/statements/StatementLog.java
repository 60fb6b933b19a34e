package io.nsqlops.logs.parse.statements;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.JsonFields;
import io.nsqlops.logs.parse.JsonPayload;
import io.nsqlops.logs.parse.LineFormat;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code {"begin":1672128520,"end":1672128530,"digest":"…","exec_count":1}}. */
public final class StatementLog implements LineFormat {
  private static final byte[] BEGIN = Ascii.bytes("{\"begin\":");
  private static final EcsField DIGEST = new EcsField("tidb.statement.digest");
  private static final EcsField COUNT = new EcsField("tidb.statement.exec_count");
  private static final EcsField FIELDS = new EcsField("tidb.statement.fields");

  @Override
  public String name() {
    return "tidb-statements";
  }

  @Override
  public String dataset() {
    return "tidb.statements";
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    return LineRole.ALONE;
  }

  @Override
  public boolean recognises(byte[] s, int from, int to) {
    return Ascii.startsWith(s, from, to, BEGIN) && s[to - 1] == '}';
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    Optional<ObjectNode> json =
        JsonPayload.object(text, from, to).filter(o -> o.path("begin").isIntegralNumber());
    long second = json.map(o -> o.path("end").asLong(o.path("begin").asLong())).orElse(-1L);
    if (second < 0 || second > Instants.MAX_SECOND || json.isEmpty()) {
      Degraded.whole(text, from, to, document);
      return;
    }
    document.timestamp(second, 0);
    JsonFields fields = new JsonFields(json.get(), document);
    fields.text(DIGEST, "digest");
    if (json.get().path("exec_count").isIntegralNumber()) {
      fields.number(COUNT, "exec_count");
    }
    fields.write(EcsField.MESSAGE, fields.takeAny("normalized_sql", "sample_sql").orElse(""));
    fields.rest(FIELDS);
  }
}
