package io.nsqlops.logs.parse.statements;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatementLogTest {
  private final StatementLog format = new StatementLog();

  @Test
  void readsARecordAtItsEnd() {
    String text =
        "{\"begin\":1672128520,\"end\":1672128530,\"digest\":\"digest1\",\"exec_count\":1,"
            + "\"normalized_sql\":\"select ?\",\"sum_latency\":7}";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(format.recognises(bytes, 0, bytes.length)).isTrue();

    Parsed line = Parsed.by(format, text);

    assertThat(line.text("@timestamp")).isEqualTo("2022-12-27T08:08:50Z");
    assertThat(line.text("tidb.statement.digest")).isEqualTo("digest1");
    assertThat(line.json().path("tidb.statement.exec_count").asInt()).isEqualTo(1);
    assertThat(line.json().path("tidb.statement.fields").path("sum_latency").asString())
        .isEqualTo("7");
    assertThat(line.message()).isEqualTo("select ?");
  }

  @Test
  void whatIsNoRecordIsKeptAsItIs() {
    assertThat(Parsed.by(format, "{\"begin\":\"x\"}").tags()).containsExactly("_unparsed");
    assertThat(Parsed.by(format, "{\"begin\":99999999999999}").message())
        .isEqualTo("{\"begin\":99999999999999}");
  }
}
