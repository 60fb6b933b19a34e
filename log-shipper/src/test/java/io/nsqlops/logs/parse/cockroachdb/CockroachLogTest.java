package io.nsqlops.logs.parse.cockroachdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CockroachLogTest {
  private final CockroachLog format = new CockroachLog();

  @Test
  void readsVersionTwo() {
    Parsed line =
        Parsed.by(
            format,
            "I210116 21:49:17.073282 14 server/node.go:464 ⋮ [-] 23  started with engine type ‹2›");
    assertThat(line.text("@timestamp")).isEqualTo("2021-01-16T21:49:17.073282Z");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(line.text("process.thread.id")).isEqualTo("14");
    assertThat(line.text("log.origin.file.name")).isEqualTo("server/node.go");
    assertThat(line.json().path("log.origin.file.line").asInt()).isEqualTo(464);
    assertThat(line.json().path("cockroachdb.counter").asInt()).isEqualTo(23);
    assertThat(line.json().path("cockroachdb.redactable").asBoolean()).isTrue();
    assertThat(line.json().has("cockroachdb.tags")).isFalse();
    assertThat(line.message()).isEqualTo("started with engine type ‹2›");
  }

  @Test
  void linesWithTheSamePrefixAreOneEntry() {
    String first =
        "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40  node startup completed:";
    String second =
        "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40 +CockroachDB node starting at"
            + " 2021-01-16 21:49 (took 0.0s)";
    assertThat(role(first)).isEqualTo(LineRole.STARTS);
    assertThat(role(second)).isEqualTo(LineRole.CONTINUES);

    Parsed entry = Parsed.by(format, first + '\n' + second);

    assertThat(entry.text("cockroachdb.channel")).isEqualTo("OPS");
    assertThat(entry.message())
        .isEqualTo(
            "node startup completed:\nCockroachDB node starting at 2021-01-16 21:49 (took 0.0s)");
  }

  @Test
  void aLineOfAnotherEntryDoesNotContinueThisOne() {
    String entry = "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40  starting:\nraw text";
    assertThat(continues(entry, "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40 +more"))
        .isTrue();
    assertThat(continues(entry, "a line without a prefix")).isTrue();
    assertThat(continues(entry, "E210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40 !stack"))
        .isFalse();
    assertThat(continues(entry, "I210116 21:49:17.083094 14 1@cli/start.go:690 ⋮ [-] 40 +more"))
        .isFalse();
    assertThat(continues(entry, "I210116 21:49:17.083093 15 1@cli/start.go:690 ⋮ [-] 40 +more"))
        .isFalse();
    assertThat(continues(entry, "I210116 21:49:17.083093 14 1@cli/start.go:691 ⋮ [-] 40 +more"))
        .isFalse();
    assertThat(continues(entry, "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 41 |more"))
        .isFalse();
    assertThat(
            Parsed.by(format, "F210116 21:49:17.083093 14 cli/start.go:690 ⋮ [-] 41 +lost head")
                .message())
        .isEqualTo("lost head");
  }

  private boolean continues(String event, String line) {
    byte[] before = event.getBytes(StandardCharsets.UTF_8);
    byte[] after = line.getBytes(StandardCharsets.UTF_8);
    return format.continues(before, before.length, after, 0, after.length);
  }

  @Test
  void splitLinesAreJoinedAndReopenedMarksDropped() {
    String prefix = "I210116 21:49:17.083093 14 1@cli/start.go:690 ⋮ [-] 40 ";
    Parsed entry =
        Parsed.by(format, prefix + " select ‹abc›\n" + prefix + "|‹def› done\n" + prefix + "|.");
    assertThat(entry.message()).isEqualTo("select ‹abcdef› done.");
  }

  @Test
  void stackTracesAreTheirOwnField() {
    Parsed entry =
        Parsed.by(
            format,
            "E060102 15:04:05.654321 11 2@util/log/format_crdb_v2_test.go:123 ⋮"
                + " [noval,s‹1›,long=‹2›]  !this is a fake stack");
    assertThat(entry.text("log.level")).isEqualTo("error");
    assertThat(entry.text("cockroachdb.tags")).isEqualTo("noval,s‹1›,long=‹2›");
    assertThat(entry.text("error.stack_trace") + entry.message()).contains("this is a fake stack");
  }

  @Test
  void structuredEntriesAreEvents() {
    Parsed entry =
        Parsed.by(
            format,
            "I210323 20:53:44.765068 611 1@util/log/event_log.go:32 ⋮ [n1] 20"
                + " ={\"Timestamp\":1616532824096394000,\"EventType\":\"node_restart\",\"NodeID\":1,"
                + "\"StartedAt\":1616532823668899000,\"LastUp\":1616532816150919000}");
    assertThat(entry.text("event.action")).isEqualTo("node_restart");
    assertThat(entry.json().path("cockroachdb.event").path("NodeID").asString()).isEqualTo("1");
    assertThat(entry.text("cockroachdb.tags")).isEqualTo("n1");
    assertThat(entry.message()).startsWith("{\"Timestamp\"");
  }

  @Test
  void aLineWithoutAChannelIsOfTheDevelopersChannel() {
    Parsed entry =
        Parsed.by(
            format,
            "E220202 20:51:23.800288 685 jobs/registry.go:715 ⋮ [n1] 314  error expiring job"
                + " sessions: ‹expire-sessions›: cannot acquire lease when draining");
    assertThat(entry.text("cockroachdb.channel")).isEqualTo("DEV");
    assertThat(entry.message()).endsWith("cannot acquire lease when draining");
  }

  @Test
  void channelsHaveTheNamesOfTheJsonLog() {
    assertThat(channel("5@")).isEqualTo("SQL_SCHEMA");
    assertThat(channel("12@")).isEqualTo("TELEMETRY");
    assertThat(channel("99@")).isEqualTo("99");
  }

  private String channel(String prefix) {
    return Parsed.by(format, "I210323 20:53:44.765068 611 " + prefix + "a.go:32 ⋮ [n1] 20  x")
        .text("cockroachdb.channel");
  }

  @Test
  void readsVersionOneWithTagsThatHoldBrackets() {
    Parsed entry =
        Parsed.by(format, "I000101 00:00:12.300000 456 somefile.go:136  [client=[1::]:2] 2 foo");
    assertThat(entry.text("@timestamp")).isEqualTo("2000-01-01T00:00:12.300Z");
    assertThat(entry.text("cockroachdb.tags")).isEqualTo("client=[1::]:2");
    assertThat(entry.json().path("cockroachdb.counter").asInt()).isEqualTo(2);
    assertThat(entry.json().path("cockroachdb.redactable").asBoolean()).isFalse();
    assertThat(entry.message()).isEqualTo("foo");
    Parsed structured =
        Parsed.by(
            format,
            "I000101 00:00:12.300000 456 somefile.go:136  2 Structured entry:"
                + " {\"EventType\":\"x\"}");
    assertThat(structured.text("event.action")).isEqualTo("x");
  }

  @Test
  void readsTagsWithAddressesAndLinesWithoutACounter() {
    Parsed tagged =
        Parsed.by(
            format,
            "I210116 21:49:17.073282 14 4@sql/pgwire/conn.go:1 ⋮ [n1,client=[::1]:49851,user=root] 7 "
                + " received");
    assertThat(tagged.text("cockroachdb.tags")).isEqualTo("n1,client=[::1]:49851,user=root");
    assertThat(tagged.json().path("cockroachdb.counter").asInt()).isEqualTo(7);
    assertThat(tagged.message()).isEqualTo("received");
    Parsed uncounted =
        Parsed.by(
            format,
            "I210116 21:49:17.073282 14 a.go:1 ⋮ [n1,client=‹1.2.3.4:5›,user=root]   3 of 4");
    assertThat(uncounted.text("cockroachdb.tags")).isEqualTo("n1,client=‹1.2.3.4:5›,user=root");
    assertThat(uncounted.json().has("cockroachdb.counter")).isFalse();
    assertThat(uncounted.message()).isEqualTo("3 of 4");
  }

  @Test
  void readsWhatTheStandardLibraryOfGoLogs() {
    Parsed line =
        Parsed.by(
            format,
            "I210116 21:49:17.073282 14 (gostd) net/http/server.go:3160 ⋮ [-] 23  http: TLS"
                + " handshake error");
    assertThat(line.text("log.origin.file.name")).isEqualTo("net/http/server.go");
    assertThat(line.message()).isEqualTo("http: TLS handshake error");
  }

  @Test
  void theHeadOfAFileIsAnEventEachLine() {
    String line =
        "I210116 21:49:17.073282 1 util/log/file_sync_buffer.go:238 ⋮ [config]   arguments:";
    assertThat(role(line)).isEqualTo(LineRole.STARTS);
    assertThat(Parsed.by(format, line).text("cockroachdb.tags")).isEqualTo("config");
    assertThat(Parsed.by(format, line).message()).isEqualTo("arguments:");
  }

  @Test
  void aLongStructuredEntryIsPutTogetherBeforeItIsRead() {
    String prefix = "I210323 20:53:44.765068 611 1@util/log/event_log.go:32 ⋮ [n1] 20 ";
    Parsed entry = Parsed.by(format, prefix + "={\"EventType\":\"no\n" + prefix + "|de_restart\"}");
    assertThat(entry.text("event.action")).isEqualTo("node_restart");
    assertThat(role(prefix + "|de_restart\"}")).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void aStackTraceOfSeveralLinesFollowsItsMessage() {
    String prefix = "F210116 21:49:17.073282 14 1@server/node.go:464 ⋮ [n1] 23 ";
    Parsed entry =
        Parsed.by(
            format,
            prefix
                + " a panic has occurred\n"
                + prefix
                + "!goroutine 14\n"
                + prefix
                + "!main.go:3");
    assertThat(entry.text("log.level")).isEqualTo("fatal");
    assertThat(entry.message()).isEqualTo("a panic has occurred");
    assertThat(entry.text("error.stack_trace")).isEqualTo("goroutine 14\nmain.go:3");
    assertThat(role(prefix + "!goroutine 14")).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void furtherLinesOfVersionOneHaveNoPrefix() {
    String first = "W000101 00:00:12.300000 456 1@somefile.go:136  [n1] a message";
    assertThat(role(first)).isEqualTo(LineRole.STARTS);
    assertThat(role("of two lines")).isEqualTo(LineRole.CONTINUES);
    Parsed entry = Parsed.by(format, first + "\nof two lines");
    assertThat(entry.text("log.level")).isEqualTo("warn");
    assertThat(entry.text("cockroachdb.channel")).isEqualTo("OPS");
    assertThat(entry.text("cockroachdb.tags")).isEqualTo("n1");
    assertThat(entry.message()).isEqualTo("a message\nof two lines");
  }

  @Test
  void marksThatHideWhatTheyHeldStay() {
    Parsed entry =
        Parsed.by(format, "I210116 21:49:17.073282 14 a.go:4 ⋮ [-] 23  user ‹×› of ‹a?b›");
    assertThat(entry.message()).isEqualTo("user ‹×› of ‹a?b›");
    assertThat(entry.json().path("cockroachdb.redactable").asBoolean()).isTrue();
  }

  @Test
  void readsJson() {
    String text =
        "{\"channel_numeric\":1,\"channel\":\"OPS\",\"timestamp\":\"1699305954.983614000\","
            + "\"datetime\":\"2023-11-06T16:25:54.983614-05:00\",\"version\":\"v23.2.0\","
            + "\"severity_numeric\":1,\"severity\":\"INFO\",\"goroutine\":1,"
            + "\"file\":\"cli/log_flags.go\",\"line\":200,\"entry_counter\":1,\"redactable\":1,"
            + "\"tags\":{\"n\":\"?\"},\"message\":\"using explicit logging configuration:\\n‹x›\"}";
    assertThat(role(text)).isEqualTo(LineRole.ALONE);

    Parsed line = Parsed.by(format, text);

    assertThat(line.tags()).isEmpty();
    assertThat(line.text("@timestamp")).isEqualTo("2023-11-06T21:25:54.983614Z");
    assertThat(line.text("cockroachdb.channel")).isEqualTo("OPS");
    assertThat(line.json().path("cockroachdb.redactable").asBoolean()).isTrue();
    assertThat(line.message()).isEqualTo("using explicit logging configuration:\n‹x›");
    assertThat(line.json().path("cockroachdb.fields").path("version").asString())
        .isEqualTo("v23.2.0");
  }

  @Test
  void readsCompactJson() {
    Parsed line =
        Parsed.by(
            format,
            "{\"tag\":\"log_test.ops\",\"c\":1,\"t\":\"1136214245.654321000\",\"s\":2,\"sev\":\"W\","
                + "\"g\":11,\"f\":\"util/log/format_json_test.go\",\"l\":123,\"n\":0,\"r\":0,"
                + "\"tags\":{\"noval\":\"\",\"s\":\"1\",\"long\":\"2\"},\"message\":\"hello world\"}");
    assertThat(line.text("@timestamp")).isEqualTo("2006-01-02T15:04:05.654321Z");
    assertThat(line.text("log.level")).isEqualTo("warn");
    assertThat(line.text("cockroachdb.channel")).isEqualTo("OPS");
    assertThat(line.json().path("log.origin.file.line").asInt()).isEqualTo(123);
    assertThat(line.message()).isEqualTo("hello world");
  }

  private LineRole role(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return format.role(bytes, 0, bytes.length);
  }
}
