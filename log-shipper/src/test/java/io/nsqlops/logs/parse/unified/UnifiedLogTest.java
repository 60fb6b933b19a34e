package io.nsqlops.logs.parse.unified;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UnifiedLogTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEADER = "[2018/12/15 14:20:11.015 +08:00] [WARN] [session.go:1234] ";

  private final UnifiedLog tidb = new UnifiedLog(Component.TIDB);

  /** Go prints it past the logger: no header, no level. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "panic: runtime error: index out of range [3] with length 3\n\ngoroutine 17 [running]:\n"
            + "github.com/pingcap/tidb/pkg/executor.(*Compiler).Compile(...)\n\t/build/compiler.go:60",
        "fatal error: concurrent map writes\n\ngoroutine 1 [running, locked to thread]:\nmain.main()",
        "panic: first [recovered]\n\tpanic: second\n[signal SIGSEGV: segmentation violation]\n\n"
            + "goroutine 812 [select, 3 minutes]:\nx()",
        "runtime: out of memory: cannot allocate\nfatal error: out of memory\n\ngoroutine 5 [x]:\n",
        "SIGQUIT: quit\nPC=0x48a9a1 m=0 sigcode=0\n\ngoroutine 0 gp=0x9f0 m=0 mp=0x9f [idle]:\nx()",
        "SIGABRT: abort\nPC=0x48a9a1 m=0 sigcode=0\n",
        "said before\nSIGQUIT: quit\nPC=0x48a9a1 m=0 sigcode=0",
        "panic: runtime error: invalid memory address or nil pointer dereference\n"
            + "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48e2b5]",
        "panic: is all there is",
        "panic: first [recovered]\n\tpanic: second",
        "fatal error: all goroutines are asleep - deadlock!",
        "fatal error: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})",
        "said before\nfatal error: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})",
        "runtime: goroutine stack exceeds\nruntime: sp=0xc stack=[0xc, 0xd]\nfatal error: stack overflow",
        "unexpected fault address 0x7f2\nfatal error: fault",
      })
  void aCrashOfGoIsFatal(String text) {
    assertThat(tidb.role(bytes(text), 0, bytes(text).length)).isEqualTo(LineRole.CONTINUES);
    Parsed crash = Parsed.by(tidb, text);
    assertThat(crash.text("log.level")).isEqualTo("fatal");
    assertThat(crash.message()).isEqualTo(text);
    assertThat(crash.tags()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panic: what ends a message] [key=value]",
        "panic: what goes on\nin a message] [key=value]",
        "said before\npanic: in the middle",
        "panic:without a space",
        "goroutine 17 [running]:\npanic: the other way round",
        "said before\npanic: x\ngoroutine pool is full",
        "SIGHUP: the configuration is read again",
        "SIGQUIT: quit\n\nPC=0x48a9a1 m=0 sigcode=0",
        "Signal: quit\nPC=0x48a9a1 m=0 sigcode=0",
        "PC=0x48a9a1 m=0 sigcode=0",
        "no panic: here\n\ngoroutine 17 [running]:",
        "said before\npanic: x\ngoroutine 17",
      })
  void whatOnlyLooksLikeACrashOfGoIsNone(String text) {
    Parsed event = Parsed.by(tidb, text);
    assertThat(event.text("log.level")).isEmpty();
    assertThat(event.tags()).containsExactly("_unparsed");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** It prints the name of the logger first, and messages without quotes whatever is in them. */
  @Test
  void readsTiproxy() {
    UnifiedLog tiproxy = new UnifiedLog(Component.TIPROXY);
    List<Parsed> events = Events.genuine(tiproxy, "tiproxy.log");
    assertThat(events).hasSize(5);
    Parsed failed = events.get(0);
    assertThat(failed.tags()).isEmpty();
    assertThat(failed.text("log.level")).isEqualTo("error");
    assertThat(failed.text("log.logger")).isEqualTo("main.proxy.conn.be");
    assertThat(failed.text("log.origin.file.name")).isEqualTo("backend/backend_conn_mgr.go");
    assertThat(failed.json().path("log.origin.file.line").asInt()).isEqualTo(258);
    assertThat(failed.message()).isEqualTo("get backend failed");
    assertThat(failed.json().path("tiproxy.fields").path("connID").asString()).isEqualTo("2");
    assertThat(failed.json().path("tiproxy.fields").path("last_err").asString())
        .isEqualTo("no instances to route");
    assertThat(events)
        .allSatisfy(event -> assertThat(event.tags()).isEmpty())
        .allSatisfy(event -> assertThat(event.text("log.logger")).startsWith("main."));
    assertThat(events.get(3).json().path("tiproxy.fields").path("quit source").asString())
        .isEqualTo("backend quit");
    Parsed raw =
        Parsed.by(
            tiproxy,
            "[2023/03/07 17:07:48.831 +08:00] [INFO] [main] [cmd/a.go:5] [got [1] \"x\": y] [k=v]");
    assertThat(raw.tags()).isEmpty();
    assertThat(raw.message()).isEqualTo("got [1] \"x\": y");
    assertThat(raw.json().path("tiproxy.fields").path("k").asString()).isEqualTo("v");
    assertThat(
            Parsed.by(tiproxy, "[2023/03/07 17:07:48.831 +08:00] [INFO] [main] [cmd/a.go:5] [x] ")
                .message())
        .isEqualTo("x");
  }

  @Test
  void readsTheExampleOfTheSpecification() {
    Parsed line =
        parse(
            "[2018/12/15 14:20:11.015 +08:00] [WARN] [session.go:1234] [\"Slow query\"]"
                + " [sql=\"SELECT * FROM TABLE\\nWHERE ID=\\\"abc\\\"\"] [duration=1.345s]"
                + " [client=192.168.0.123:12345] [txn_id=123000102231]");

    assertThat(line.text("@timestamp")).isEqualTo("2018-12-15T06:20:11.015Z");
    assertThat(line.text("log.level")).isEqualTo("warn");
    assertThat(line.text("log.origin.file.name")).isEqualTo("session.go");
    assertThat(line.json().path("log.origin.file.line").asInt()).isEqualTo(1234);
    assertThat(line.message()).isEqualTo("Slow query");
    assertThat(field(line, "sql")).isEqualTo("SELECT * FROM TABLE\nWHERE ID=\"abc\"");
    assertThat(field(line, "duration")).isEqualTo("1.345s");
    assertThat(field(line, "client")).isEqualTo("192.168.0.123:12345");
    assertThat(field(line, "txn_id")).isEqualTo("123000102231");
    assertThat(line.tags()).isEmpty();
  }

  @Test
  void readsAnUnknownOriginAndAWestwardOffset() {
    Parsed line =
        parse(
            "[2013/01/05 00:01:15.000 -07:00] [WARN] [<unknown>] [DDL_Finished] [ddl_job_id=1]"
                + " [duration=1.3s]");
    assertThat(line.text("@timestamp")).isEqualTo("2013-01-05T07:01:15Z");
    assertThat(line.text("log.origin.file.name")).isEqualTo("<unknown>");
    assertThat(line.message()).isEqualTo("DDL_Finished");
  }

  @Test
  void readsQuotedMessagesKeysAndBrackets() {
    Parsed failed = parse(HEADER + "[\"failed to \\\"fetch\\\" [URL]: http://example.com\"]");
    assertThat(failed.message()).isEqualTo("failed to \"fetch\" [URL]: http://example.com");

    Parsed types =
        parse(
            HEADER
                + "[\"Testing typs\"] [filed1=noquote] [filed2=\"in quote\"]"
                + " [urls-peer=\"[t1,\\\"t2 fine\\\"]\"] [\"store ids\"=\"[1,4,5]\"]");
    assertThat(field(types, "urls-peer")).isEqualTo("[t1,\"t2 fine\"]");
    assertThat(field(types, "store ids")).isEqualTo("[1,4,5]");
    assertThat(types.tags()).isEmpty();
  }

  @Test
  void theThreadOfTikvIsTheThread() {
    Parsed line =
        Parsed.by(
            new UnifiedLog(Component.TIKV),
            "[2019/01/15 13:40:39.619 +08:00] [DEBUG] [mod.rs:463] [\"Slow query\"]"
                + " [\"process keys\"=1500] [duration=123ns] [sql=\"SELECT * FROM TABLE WHERE"
                + " ID=\\\"abc\\\"\"] [raft_id=1] [thread_id=1]");
    assertThat(line.json().path("process.thread.id").asInt()).isEqualTo(1);
    JsonNode fields = line.json().path("tikv.fields");
    assertThat(fields.path("process keys").asString()).isEqualTo("1500");
    assertThat(fields.has("thread_id")).isFalse();
  }

  /** The etcd client inside TiDB prints its own JSON among TiDB's lines. */
  @Test
  void linesOfTheEtcdClientAreUnderstood() {
    Parsed line =
        parse(
            "{\"level\":\"warn\",\"ts\":\"2021-08-20T14:53:12.345+0800\",\"logger\":"
                + "\"etcd-client\",\"caller\":\"v3/retry_interceptor.go:62\",\"msg\":\"retrying\","
                + "\"attempt\":0}");
    assertThat(line.tags()).isEmpty();
    assertThat(line.text("@timestamp")).isEqualTo("2021-08-20T06:53:12.345Z");
    assertThat(line.text("log.level")).isEqualTo("warn");
    assertThat(line.text("log.logger")).isEqualTo("etcd-client");
    assertThat(line.message()).isEqualTo("retrying");
    assertThat(line.json().path("log.origin.file.line").asInt()).isEqualTo(62);
    Parsed seconds = parse("{\"level\":\"info\",\"ts\":1629442392.345,\"msg\":\"\\ud83d!\"}");
    assertThat(seconds.text("@timestamp")).isEqualTo("2021-08-20T06:53:12.345Z");
    assertThat(seconds.message()).isEqualTo("\\ud83d!");
  }

  @Test
  void aTimeThatIsNoneIsKeptAsAField() {
    Parsed line = parse("{\"level\":\"info\",\"ts\":1e999,\"msg\":\"x\"}");
    assertThat(line.json().has("@timestamp")).isFalse();
    assertThat(line.message()).isEqualTo("x");
  }

  @Test
  void brokenQuotingIsKeptInTheMessage() {
    Parsed line =
        parse(
            "[2019/09/05 04:15:52.404 +00:00] [INFO] [operator_controller.go:119] [\"operator"
                + " finish\"] [region-id=54252] [operator=\"\"balance-leader {transfer leader:"
                + " store 4 to 6} (kind:leader,balance, region:54252(8243,398), …");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(field(line, "region-id")).isEqualTo("54252");
    assertThat(line.message())
        .isEqualTo(
            "operator finish [operator=\"\"balance-leader {transfer leader: store 4 to 6}"
                + " (kind:leader,balance, region:54252(8243,398), …");
    assertThat(line.tags()).containsExactly("_parse_partial");
  }

  @Test
  void readsWhatTicdcWrites() {
    Parsed line =
        Parsed.by(
            new UnifiedLog(Component.TICDC),
            "[2021/09/07 14:24:09.460 +08:00] [INFO] [mysql.go:213] [\"execute DDL failed, but"
                + " error can be ignored\"] [query=\"create table test_cdc(id int primary key, col"
                + " varchar(11))\"] [error=\"[CDC:ErrMySQLTxnError]Error 1049: Unknown database"
                + " 'test'\"]");
    assertThat(line.json().path("ticdc.fields").path("error").asString())
        .isEqualTo("[CDC:ErrMySQLTxnError]Error 1049: Unknown database 'test'");
    assertThat(line.text("error.code")).isEqualTo("CDC:ErrMySQLTxnError");

    String event = "{\"StartTs\":448031745311244289,\"Query\":\"" + "x".repeat(20_000) + "\"}";
    Parsed ddl =
        Parsed.by(
            new UnifiedLog(Component.TICDC),
            "[2024/02/28 15:38:10.140 +08:00] [INFO] [ddl_manager.go:562] [\"execute a ddl event"
                + " successfully\"] [ddl=\"ALTER TABLE `sbtest1` DROP INDEX …\"] [namespace=default]"
                + " [changefeed=ticdc-task1] [bdrRole=primary] [ddlEvent="
                + JSON.writeValueAsString(event)
                + "]");
    assertThat(ddl.tags()).isEmpty();
    JsonNode fields = ddl.json().path("ticdc.fields");
    assertThat(fields.path("ddlEvent").asString()).isEqualTo(event);
    assertThat(fields.path("ddl").asString()).isEqualTo("ALTER TABLE `sbtest1` DROP INDEX …");
    assertThat(fields.path("changefeed").asString()).isEqualTo("ticdc-task1");
    assertThat(ddl.json().has("error.code")).isFalse();
  }

  @Test
  void theCodeOfAnErrorIsAFieldOfItsOwn() {
    assertThat(parse(HEADER + "[m] [err=\"[kv:9007]Write conflict\"]").text("error.code"))
        .isEqualTo("kv:9007");
    Parsed both = parse(HEADER + "[m] [error=\"[a:1]x\"] [err=\"[b:2]y\"]");
    assertThat(both.text("error.code")).isEqualTo("a:1");
    for (String none :
        List.of("plain", "\"[two words]x\"", "\"[]x\"", "\"[\"", "\"[a\\nb]x\"", "\"x[a:1]\"")) {
      assertThat(parse(HEADER + "[m] [error=" + none + "]").json().has("error.code")).isFalse();
    }
  }

  /** Why no search for brackets finds the end of a value. */
  @Test
  void bracketsInValuesEndNothing() {
    Parsed line =
        parse(
            HEADER + "[\"x] [y=\"] [a=\"]This should not break [b=c]\"] [counter=NaN] [score=inf]");
    assertThat(line.message()).isEqualTo("x] [y=");
    assertThat(field(line, "a")).isEqualTo("]This should not break [b=c]");
    assertThat(field(line, "counter") + field(line, "score")).isEqualTo("NaNinf");
    assertThat(line.tags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FATAL, fatal",
    "ERROR, error",
    "WARN, warn",
    "WARNING, warn",
    "INFO, info",
    "DEBUG, debug",
    "TRACE, trace",
    "CRITICAL, critical",
    "NOTICE, notice",
    "UNKNOWN, info",
    "DPANIC, critical",
    "PANIC, fatal",
  })
  void readsTheLevelsOfAllComponents(String printed, String level) {
    Parsed line = parse("[2018/12/15 14:20:11.015 +08:00] [" + printed + "] [a.go:1] [m]");
    assertThat(line.text("log.level")).isEqualTo(level);
    assertThat(line.tags()).isEmpty();
  }

  /** Go writes {@code \ufffd} for a byte that is not UTF-8, TiKV knows more escapes than Go. */
  @Test
  void readsTheEscapesOfAllEncoders() {
    Parsed line =
        parse(HEADER + "[m] [go=\"a\\ufffdb\\u0001\"] [rust=\"\\b\\f\\n\\r\\t\\\\\\\"\"]");
    assertThat(field(line, "go")).isEqualTo("a\ufffdb\u0001");
    assertThat(field(line, "rust")).isEqualTo("\b\f\n\r\t\\\"");
    assertThat(line.tags()).isEmpty();
  }

  @Test
  void readsWhatTiflashWrites() {
    String text =
        "[2023/07/04 10:15:01.119 +08:00] [DEBUG] [MemoryTracker.cpp:69] [\"Peak memory usage"
            + " (total): 29.55 GiB.\"] [source=MemoryTracker] [thread_id=468]";
    Parsed line = Parsed.by(new UnifiedLog(Component.TIFLASH), text);
    assertThat(line.message()).isEqualTo("Peak memory usage (total): 29.55 GiB.");
    assertThat(line.text("log.logger")).isEqualTo("MemoryTracker");
    assertThat(line.json().path("process.thread.id").asInt()).isEqualTo(468);
    assertThat(line.json().has("tiflash.fields")).isFalse();

    byte[] foreign = text.replace("29.55", "29?55").getBytes(StandardCharsets.ISO_8859_1);
    foreign[text.indexOf("29.55") + 2] = (byte) 0xe4;
    Parsed raw = Parsed.by(new UnifiedLog(Component.TIFLASH), foreign);
    assertThat(raw.message()).isEqualTo("Peak memory usage (total): 29\\xe455 GiB.");
    assertThat(raw.tags()).containsExactly("_invalid_utf8");
  }

  @Test
  void readsTheJsonOfTikvAndOfGo() {
    Parsed tikv =
        Parsed.by(
            new UnifiedLog(Component.TIKV),
            "{\"time\":\"2020/05/16 15:49:52.449 +08:00\",\"level\":\"INFO\",\"caller\":"
                + "\"mod.rs:469\",\"message\":\"\",\"thread_id\":1}");
    assertThat(tikv.text("@timestamp")).isEqualTo("2020-05-16T07:49:52.449Z");
    assertThat(tikv.text("log.level")).isEqualTo("info");
    assertThat(tikv.text("log.origin.file.name")).isEqualTo("mod.rs");
    assertThat(tikv.json().path("log.origin.file.line").asInt()).isEqualTo(469);
    assertThat(tikv.message()).isEmpty();
    assertThat(tikv.json().path("process.thread.id").asInt()).isEqualTo(1);
    assertThat(tikv.tags()).isEmpty();

    Parsed go =
        parse(
            "{\"level\":\"WARN\",\"caller\":\"a.go:7\",\"message\":\"m\",\"counter\":\"NaN\","
                + "\"error\":\"[kv:1062]Duplicate entry\"}");
    assertThat(go.json().has("@timestamp")).isFalse();
    assertThat(field(go, "counter")).isEqualTo("NaN");
    assertThat(go.text("error.code")).isEqualTo("kv:1062");
    assertThat(go.tags()).isEmpty();
  }

  @Test
  void repeatedKeysBecomeOneListAndEmptyMessagesStay() {
    Parsed line = parse(HEADER + "[] [a=1] [b=2] [a=3] [\"a\"=4]");
    assertThat(line.message()).isEmpty();
    JsonNode a = line.json().path("tidb.fields").path("a");
    assertThat(StreamSupport.stream(a.spliterator(), false).map(JsonNode::asString).toList())
        .containsExactly("1", "3", "4");
    assertThat(field(line, "b")).isEqualTo("2");
  }

  @Test
  void bareBackslashesAndForeignBytesSurvive() {
    byte[] bytes = (HEADER + "[m] [path=C:\\temp] [raw=?]").getBytes(StandardCharsets.ISO_8859_1);
    bytes[bytes.length - 2] = (byte) 0xff;
    Parsed line = Parsed.by(tidb, bytes);
    assertThat(field(line, "path")).isEqualTo("C:\\temp");
    assertThat(field(line, "raw")).isEqualTo("\\xff");
    assertThat(line.tags()).containsExactly("_invalid_utf8");
  }

  @Test
  void onlyLinesWithAHeaderAreEvents() {
    assertThat(role(HEADER + "[m]")).isEqualTo(LineRole.ALONE);
    assertThat(role("goroutine 1 [running]:")).isEqualTo(LineRole.CONTINUES);
    assertThat(role("[2018/13/15 14:20:11.015 +08:00] [WARN] [a.go:1] [m]"))
        .isEqualTo(LineRole.CONTINUES);
    assertThat(role("")).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void aBrokenHeaderKeepsTimeAndText() {
    String text = "[2018/12/15 14:20:11.015 +08:00] [LOUD] [session.go:1234] [m]";
    Parsed line = parse(text);
    assertThat(line.message()).isEqualTo(text);
    assertThat(line.text("@timestamp")).isEqualTo("2018-12-15T06:20:11.015Z");
    assertThat(line.tags()).containsExactly("_unparsed");
  }

  @Test
  void moreFieldsThanFitStayInTheMessage() {
    Parsed line = parse(HEADER + "[m]" + " [k=v]".repeat(Tokens.MAX_PAIRS + 3));
    assertThat(line.message()).isEqualTo("m [k=v] [k=v] [k=v]");
    assertThat(line.json().path("tidb.fields").path("k").size()).isEqualTo(Tokens.MAX_PAIRS);
  }

  @Property
  void whatAnEncoderQuotesComesBack(
      @ForAll String message,
      @ForAll @Size(max = 8) List<String> values,
      @ForAll @AlphaChars @StringLength(min = 1, max = 9) String key) {
    StringBuilder text = new StringBuilder(HEADER).append('[').append(quoted(message)).append(']');
    for (int i = 0; i < values.size(); i++) {
      text.append(" [").append(key).append(i).append('=');
      text.append(quoted(values.get(i))).append(']');
    }

    Parsed line = parse(text.toString());

    assertThat(line.tags()).isEmpty();
    assertThat(line.message()).isEqualTo(clean(message));
    for (int i = 0; i < values.size(); i++) {
      assertThat(field(line, key + i)).isEqualTo(clean(values.get(i)));
    }
  }

  @Property
  void anyTextAfterTheHeaderIsKept(@ForAll String body) {
    Parsed line = parse(HEADER + body);

    String all = line.message() + line.json().path("tidb.fields") + line.text("process.thread.id");
    List<Integer> missing = new ArrayList<>();
    clean(body)
        .chars()
        .filter(Character::isLetterOrDigit)
        .filter(c -> all.indexOf(c) < 0)
        .forEach(missing::add);
    assertThat(missing).isEmpty();
    assertThat(line.text("log.level")).isEqualTo("warn");
  }

  /** As TiDB 8.5 writes where an error is nil. */
  @Test
  void aFieldThatIsNothingIsNone() {
    Parsed line = parse(HEADER + "[\"grpc server error\"] []");
    assertThat(line.text("message")).isEqualTo("grpc server error");
    assertThat(line.json().has("tags")).isFalse();
    line = parse(HEADER + "[m] [a=1] [] [b=2]");
    assertThat(field(line, "a") + field(line, "b")).isEqualTo("12");
    assertThat(line.json().has("tags")).isFalse();
  }

  @Property
  void anyBytesMakeADocument(
      @ForAll @Size(max = 120) byte[] bytes, @ForAll @IntRange(max = 70) int header) {
    byte[] head = HEADER.getBytes(StandardCharsets.UTF_8);
    int kept = Math.min(header, head.length);
    byte[] text = new byte[kept + bytes.length];
    System.arraycopy(head, 0, text, 0, kept);
    System.arraycopy(bytes, 0, text, kept, bytes.length);

    Parsed line = Parsed.by(tidb, text);

    assertThat(line.json().has("message")).isTrue();
    tidb.role(text, 0, text.length);
  }

  private Parsed parse(String text) {
    return Parsed.by(tidb, text);
  }

  private LineRole role(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return tidb.role(bytes, 0, bytes.length);
  }

  private static String field(Parsed line, String key) {
    return line.json().path("tidb.fields").path(key).asString("missing");
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(clean(text));
  }

  private static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
