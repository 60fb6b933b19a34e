package io.nsqlops.logs.parse.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OceanbaseLogTest {
  private final OceanbaseLog format = new OceanbaseLog("observer", ZoneId.of("Asia/Shanghai"));

  @Test
  void readsVersionFourInTheZoneOfTheSource() {
    Parsed line =
        Parsed.by(
            format,
            "[2023-03-18 04:03:32.056427] INFO  [RPC.OBRPC] set_pipefd_listen"
                + " (ob_net_keepalive.cpp:231) [122845][][T0][Y0-0000000000000000-0-0] [lt=8] set"
                + " pipefd: 65");
    assertThat(line.text("@timestamp")).isEqualTo("2023-03-17T20:03:32.056427Z");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(line.text("oceanbase.module")).isEqualTo("RPC.OBRPC");
    assertThat(line.text("log.origin.function")).isEqualTo("set_pipefd_listen");
    assertThat(line.text("log.origin.file.name")).isEqualTo("ob_net_keepalive.cpp");
    assertThat(line.json().path("log.origin.file.line").asInt()).isEqualTo(231);
    assertThat(line.json().path("process.thread.id").asLong()).isEqualTo(122845);
    assertThat(line.json().path("oceanbase.tenant_id").asInt(-1)).isZero();
    assertThat(line.text("oceanbase.trace_id")).isEqualTo("Y0-0000000000000000-0-0");
    assertThat(line.json().path("oceanbase.lt_us").asInt()).isEqualTo(8);
    assertThat(line.message()).isEqualTo("set pipefd: 65");
  }

  @Test
  void readsALineWithoutModuleAndWithAnErrorCode() {
    Parsed line =
        Parsed.by(
            format,
            "[2023-03-18 04:03:32.056450] EDIAG listenfd_init (listenfd.c:67)"
                + " [122845][][T0][Y0-0000000000000000-0-0] [lt=3][errcode=-4015] PNIO listen fd init"
                + " fail: fd=-1 BACKTRACE:0xd5df109 0x5961de1");
    assertThat(line.text("log.level")).isEqualTo("notice");
    assertThat(line.json().has("oceanbase.module")).isFalse();
    assertThat(line.text("log.origin.function")).isEqualTo("listenfd_init");
    assertThat(line.text("error.code")).isEqualTo("-4015");
    assertThat(line.message()).startsWith("PNIO listen fd init fail").endsWith("0x5961de1");
  }

  @Test
  void aCrashIsAFatalEventOfItsOwn() {
    List<Parsed> events = Events.genuine(format, "oceanbase-crash.log");
    assertThat(events).hasSize(2);
    Parsed crash = events.get(1);
    assertThat(crash.tags()).isEmpty();
    assertThat(crash.text("log.level")).isEqualTo("fatal");
    assertThat(crash.text("@timestamp")).isEqualTo("2024-09-05T00:27:32.323606Z");
    assertThat(crash.json().path("process.thread.id").asInt()).isEqualTo(57605);
    assertThat(crash.text("process.thread.name")).isEqualTo("TNT_L0_1002");
    assertThat(crash.text("trace.id")).isEqualTo("20970917872454-1707004480400037");
    assertThat(crash.text("oceanbase.trace_id")).isEqualTo("20970917872454-1707004480400037");
    assertThat(crash.message()).startsWith("CRASH ERROR!!! sig=11").endsWith("0x93be9ee");
    assertThat(Parsed.by(format, "CRASH ERROR!!! sig=11").message())
        .isEqualTo("CRASH ERROR!!! sig=11");
  }

  @Test
  void linesOfOthersThatNameAFileAreNotOurs() {
    byte[] line =
        "[2024-05-01 10:00:00.123456] loading (config.py:12) [ok] done"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(format.recognises(line, 0, line.length)).isFalse();
  }

  @Test
  void readsATraceOfTheProxyWithoutALevel() {
    List<Parsed> events = Events.genuine(format, "obproxy.log");
    assertThat(events).hasSize(6).allSatisfy(event -> assertThat(event.tags()).isEmpty());
    Parsed trace = events.get(5);
    assertThat(trace.text("@timestamp")).isEqualTo("2022-05-12T07:05:23.535020Z");
    assertThat(trace.json().has("log.level")).isFalse();
    assertThat(trace.text("log.origin.function")).isEqualTo("state_server_request_send");
    assertThat(trace.text("log.origin.file.name")).isEqualTo("/ob_mysql_sm.cpp");
    assertThat(trace.json().path("log.origin.file.line").asInt()).isEqualTo(4150);
    assertThat(trace.json().path("process.thread.id").asInt()).isEqualTo(130229);
    assertThat(trace.text("trace.id")).isEqualTo("Y0-00007F48072C76A0-0-41");
    assertThat(trace.json().path("oceanbase.lt_us").asInt()).isEqualTo(4);
    assertThat(trace.message()).startsWith("{\"trace_id\":").endsWith("\"is_follow\":false}");
    byte[] text =
        "[2022-05-12 15:05:23.535020] a stack (with words)".getBytes(StandardCharsets.UTF_8);
    assertThat(format.role(text, 0, text.length)).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void readsTenantsAndThreadNames() {
    Parsed line =
        Parsed.by(
            format,
            "[2023-05-19 13:23:25.238790] WDIAG [STORAGE] advance_checkpoint_by_flush"
                + " (ob_backup_task.cpp:141)"
                + " [8999][T1004_BACKUP][T1004][Y509E645869DC-0005FC029426456E-0-0]"
                + " [lt=26][errcode=0] clog checkpoint scn has not passed start scn, retry again(i=0,"
                + " tenant_id=1004, ls_id={id:1})");
    assertThat(line.text("process.thread.name")).isEqualTo("T1004_BACKUP");
    assertThat(line.json().path("oceanbase.tenant_id").asInt()).isEqualTo(1004);
    assertThat(line.json().has("error.code")).isFalse();
    assertThat(line.message()).endsWith("ls_id={id:1})");
    Parsed warning =
        Parsed.by(
            format,
            "[2023-03-12 14:47:40.670100] WARN  resolve_const (ob_resolver_utils.cpp:2420)"
                + " [116987][T1_TNT_L0_G0][T1][YB4206019C9E-0005F55950FFAF04-0-0] [lt=21] Incorrect"
                + " DATETIME value: '0001-01-33'");
    assertThat(warning.text("log.level")).isEqualTo("warn");
    assertThat(warning.message()).isEqualTo("Incorrect DATETIME value: '0001-01-33'");
  }

  @Test
  void readsVersionThree() {
    Parsed line =
        Parsed.by(
            format,
            "[2022-03-31 17:52:40.796642] INFO  [CLOG] ob_log_flush_task.cpp:150"
                + " [1700][1078][YB420BA64D8A-0005DB42F83CA516] [lt=18] [dc=0] clog flush cb cost"
                + " time(flush_cb_cnt=61)");
    assertThat(line.text("oceanbase.module")).isEqualTo("CLOG");
    assertThat(line.text("log.origin.file.name")).isEqualTo("ob_log_flush_task.cpp");
    assertThat(line.text("process.thread.name")).isEqualTo("1078");
    assertThat(line.text("trace.id")).isEqualTo("YB420BA64D8A-0005DB42F83CA516");
    assertThat(line.json().path("oceanbase.dc").asInt(-1)).isZero();
    assertThat(line.message()).isEqualTo("clog flush cb cost time(flush_cb_cnt=61)");
    Parsed error =
        Parsed.by(
            format,
            "[2021-06-08 09:19:33.188924] ERROR [SERVER] init_io (ob_server.cpp:1062)"
                + " [5540][0][Y0-0000000000000000] [lt=3] [dc=0] init io benchmark fail, (ret=-4027)"
                + " BACKTRACE:0x90a107e");
    assertThat(error.text("log.level")).isEqualTo("error");
    assertThat(error.text("error.code")).isEqualTo("-4027");
  }

  @Test
  void readsTraceAndAlertLines() {
    Parsed trace =
        Parsed.by(
            new OceanbaseLog("trace", ZoneOffset.UTC),
            "[2023-05-19 13:23:25.238790] [8999][T1_L0_G0][T1][YB42-0-0-0] {\"trace_id\":\"x\"}");
    assertThat(trace.message()).isEqualTo("{\"trace_id\":\"x\"}");
    assertThat(trace.json().path("process.thread.id").asInt()).isEqualTo(8999);
    Parsed alert =
        Parsed.by(
            new OceanbaseLog("alert", ZoneOffset.UTC),
            "2023-05-19 13:23:25.238790|ERROR|STORAGE|DISK_FULL|-4184|1|8999|T1_L0_G0|YB42-0-0-0|"
                + "check_disk|ob_disk.cpp:12|\"the disk is full | nearly\"");
    assertThat(alert.text("event.action")).isEqualTo("DISK_FULL");
    assertThat(alert.text("error.code")).isEqualTo("-4184");
    assertThat(alert.text("log.origin.function")).isEqualTo("check_disk");
    assertThat(alert.message()).isEqualTo("the disk is full | nearly");
  }

  @Test
  void readsTheClusterAndLeavesUnknownBracketsInTheMessage() {
    Parsed line =
        Parsed.by(
            format,
            "[2023-05-19 13:23:25.238790] INFO  [LIB] f (a.cpp:1) [1][T][C5][T1][YB42-0-0-0] [lt=1]"
                + " m");
    assertThat(line.json().path("oceanbase.cluster_id").asInt()).isEqualTo(5);
    Parsed odd =
        Parsed.by(format, "[2023-05-19 13:23:25.238790] INFO  [LIB] f (a.cpp:1) [1][T][odd][T1] m");
    assertThat(odd.message()).isEqualTo("[odd][T1] m");
  }

  @Test
  void whatOnlyLooksLikeAnOriginLosesNothing() {
    String head = "[2023-03-18 04:03:32.056427] INFO  ";
    assertThat(Parsed.by(format, head + "aaa) [").text("log.origin.file.name")).isEqualTo("aaa)");
    assertThat(Parsed.by(format, head + "f(a.cpp:1) [").text("log.origin.file.name"))
        .isEqualTo("f(a.cpp:1)");
    Parsed unnamed = Parsed.by(format, head + "(a.cpp:1) [");
    assertThat(unnamed.text("log.origin.file.name")).isEqualTo("a.cpp");
    assertThat(unnamed.json().path("log.origin.file.line").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'ERROR', error",
    "'WARN ', warn",
    "'INFO ', info",
    "'EDIAG', notice",
    "'WDIAG', notice",
    "'TRACE', trace",
    "'DEBUG', debug",
  })
  void readsAllLevels(String printed, String level) {
    String text =
        "[2023-05-19 13:23:25.238790] "
            + printed
            + " [LIB] f (a.cpp:1) [1][T][T1][YB42-0] [lt=1] m";
    Parsed line = Parsed.by(format, text);
    assertThat(line.text("log.level")).isEqualTo(level);
    assertThat(line.message()).isEqualTo("m");
    assertThat(role(text)).isEqualTo(LineRole.STARTS);
  }

  @Test
  void linesWithoutAHeadContinue() {
    assertThat(role("BACKTRACE:0x90a107e")).isEqualTo(LineRole.CONTINUES);
  }

  private LineRole role(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    return format.role(text, 0, text.length);
  }
}
