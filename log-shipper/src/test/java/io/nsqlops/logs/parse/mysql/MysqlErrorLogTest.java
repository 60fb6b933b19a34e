package io.nsqlops.logs.parse.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MysqlErrorLogTest {
  private final MysqlErrorLog format = new MysqlErrorLog(ZoneOffset.ofHours(8), true);

  @Test
  void readsVersionEight() {
    Parsed line =
        Parsed.by(
            format,
            "2020-08-06T14:25:02.936146Z 0 [Warning] [MY-010068] [Server] CA certificate"
                + " /var/mysql/sslinfo/cacert.pem is self signed.");
    assertThat(line.text("@timestamp")).isEqualTo("2020-08-06T14:25:02.936146Z");
    assertThat(line.text("log.level")).isEqualTo("warn");
    assertThat(line.text("error.code")).isEqualTo("MY-010068");
    assertThat(line.text("mysql.subsystem")).isEqualTo("Server");
    assertThat(line.message())
        .isEqualTo("CA certificate /var/mysql/sslinfo/cacert.pem is self signed.");
    Parsed note =
        Parsed.by(
            format,
            "2020-08-06T14:25:03.109022Z 5 [Note] [MY-010051] [Server] Event Scheduler: scheduler"
                + " thread started with id 5");
    assertThat(note.text("log.level")).isEqualTo("info");
    assertThat(note.text("process.thread.id")).isEqualTo("5");
  }

  @Test
  void readsVersionFiveAndLocalTimes() {
    Parsed line =
        Parsed.by(format, "2017-11-21T09:49:40.966296Z 0 [Note] Plugin 'FEDERATED' is disabled.");
    assertThat(line.text("@timestamp")).isEqualTo("2017-11-21T09:49:40.966296Z");
    assertThat(line.message()).isEqualTo("Plugin 'FEDERATED' is disabled.");
    assertThat(line.json().has("error.code")).isFalse();
    assertThat(
            Parsed.by(format, "2017-11-21T09:49:40.966296+02:00 0 [System] x").text("@timestamp"))
        .isEqualTo("2017-11-21T07:49:40.966296Z");
  }

  @Test
  void aCrashIsAFatalEventOfItsOwn() {
    String crash = "2024-03-01T10:00:01Z UTC - mysqld got signal 11 ;";
    assertThat(role(crash)).isEqualTo(LineRole.STARTS);
    Parsed event = Parsed.by(format, crash + "\nMost likely, you have hit a bug.");
    assertThat(event.text("@timestamp")).isEqualTo("2024-03-01T10:00:01Z");
    assertThat(event.text("log.level")).isEqualTo("fatal");
    assertThat(event.message())
        .isEqualTo("UTC - mysqld got signal 11 ;\nMost likely, you have hit a bug.");

    String undated = "10:00:01 UTC - mysqld got signal 6 ;";
    assertThat(role(undated)).isEqualTo(LineRole.STARTS);
    Parsed old = Parsed.by(new MysqlErrorLog(ZoneOffset.UTC, true), undated);
    assertThat(old.json().has("@timestamp")).isFalse();
    assertThat(old.text("log.level")).isEqualTo("fatal");
    assertThat(old.message()).isEqualTo(undated);
  }

  /** InnoDB tells it in local time, the server in UTC and without the day. */
  @Test
  void anAssertionOfVersion57IsFatalToo() {
    List<Parsed> events = Events.genuine(format, "mysql-5.7-assertion.log");
    assertThat(events).hasSize(3);
    Parsed assertion = events.get(1);
    assertThat(assertion.text("@timestamp")).isEqualTo("2018-04-09T08:00:21Z");
    assertThat(assertion.text("log.level")).isEqualTo("fatal");
    assertThat(assertion.text("process.thread.name")).isEqualTo("0x700007f04000");
    assertThat(assertion.message())
        .startsWith("InnoDB: Assertion failure in thread 123145435496448 in file ha_innodb.cc")
        .endsWith("InnoDB: about forcing recovery.");
    Parsed crash = events.get(2);
    assertThat(crash.text("@timestamp")).isEqualTo("2018-04-09T08:00:21Z");
    assertThat(crash.text("log.level")).isEqualTo("fatal");
    assertThat(crash.message()).startsWith("08:00:21 UTC - mysqld got signal 6 ;\nThis could be");
  }

  @Test
  void theDayOfACrashIsThatOfTheEventBeforeOrTheNext() {
    String crash = "08:00:21 UTC - mysqld got signal 6 ;";
    Parsed.by(format, "2018-04-09T20:00:10.123456Z 3 [Note] x");
    Parsed.by(format, "2018-04-09 23:00:21 0x700007f04000  InnoDB: Error: x");
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-04-10T08:00:21Z");
    // a container runtime knows it
    MysqlErrorLog contained = new MysqlErrorLog(ZoneOffset.UTC, false);
    Parsed.by(contained, "2018-04-09T20:00:10.123456Z 3 [Note] x");
    assertThat(Parsed.by(contained, crash).json().has("@timestamp")).isFalse();
  }

  /**
   * It was not there when the file was looked at before: what is known of long ago is no matter.
   */
  @Test
  void theDayOfACrashIsThatOfTheLookAtTheFileBeforeOrTheNext() {
    String crash = "08:00:21 UTC - mysqld got signal 6 ;";
    Parsed.by(format, "2018-04-09T20:00:10.123456Z 3 [Note] x");
    format.written(Instant.parse("2018-05-01T07:59:00Z").getEpochSecond(), -1);
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-05-01T08:00:21Z");
    format.written(Instant.parse("2018-05-02T08:01:00Z").getEpochSecond(), -1);
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-05-02T08:00:21Z");
    format.written(Instant.parse("2018-05-02T09:00:00Z").getEpochSecond(), -1);
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-05-03T08:00:21Z");
  }

  @Test
  void theDayOfACrashWithNothingBeforeItIsThatOfTheLastWritingOrTheOneBefore() {
    String crash = "08:00:21 UTC - mysqld got signal 6 ;";
    format.written(-1, Instant.parse("2018-05-01T07:00:00Z").getEpochSecond());
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-04-30T08:00:21Z");
    format.written(-1, Instant.parse("2018-05-01T08:00:20Z").getEpochSecond());
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-05-01T08:00:21Z");
    Parsed.by(format, "2018-04-09T20:00:10.123456Z 3 [Note] x");
    assertThat(Parsed.by(format, crash).text("@timestamp")).isEqualTo("2018-04-10T08:00:21Z");
  }

  @Test
  void theFormsOfOlderVersionsAreUnderstood() {
    List<Parsed> upgraded = Events.genuine(format, "mysql-5.6-then-5.7.log");
    assertThat(upgraded)
        .extracting(event -> event.text("@timestamp"))
        .containsExactly(
            "2016-07-19T14:11:49Z",
            "2016-07-19T14:11:49Z",
            "2021-06-04T10:22:15.133435Z",
            "2021-06-04T12:22:20.128095Z");
    assertThat(upgraded.get(0).text("process.thread.id")).isEqualTo("69373");
    assertThat(upgraded.get(3).text("log.level")).isEqualTo("error");
  }

  @Test
  void innodbOfVersion55PrintsNoLabel() {
    List<Parsed> events = Events.genuine(format, "mysql-5.5-innodb.log");
    assertThat(events).hasSize(9).allSatisfy(event -> assertThat(event.tags()).isEmpty());
    assertThat(events.get(0).text("log.level")).isEqualTo("warn");
    assertThat(events.get(2).text("@timestamp")).isEqualTo("2016-12-09T06:18:50Z");
    assertThat(events.get(2).message()).isEqualTo("InnoDB: The InnoDB memory heap is disabled");
    assertThat(events.get(4).message())
        .isEqualTo(
            "InnoDB: Setting file ./ibdata1 size to 10 MB\n"
                + "InnoDB: Database physically writes the file full: wait...");
    assertThat(role("080721 03:10:57  mysqld started")).isEqualTo(LineRole.STARTS);
    assertThat(Parsed.by(format, "110602 10:30:25 - mysqld got signal 11 ;").text("log.level"))
        .isEqualTo("fatal");
  }

  @Test
  void whatTheScriptsAroundTheServerWriteIsUnderstood() {
    Parsed safe =
        Parsed.by(format, "2024-03-01T10:00:01.123456Z mysqld_safe Starting mysqld daemon");
    assertThat(safe.text("@timestamp")).isEqualTo("2024-03-01T10:00:01.123456Z");
    assertThat(safe.message()).isEqualTo("mysqld_safe Starting mysqld daemon");
    String entrypoint = "2024-05-01 10:00:00+02:00 [ERROR] [Entrypoint]: Database is uninitialized";
    assertThat(role(entrypoint)).isEqualTo(LineRole.STARTS);
    Parsed line = Parsed.by(format, entrypoint);
    assertThat(line.text("@timestamp")).isEqualTo("2024-05-01T08:00:00Z");
    assertThat(line.text("log.level")).isEqualTo("error");
    assertThat(line.message()).isEqualTo("[Entrypoint]: Database is uninitialized");
  }

  @Test
  void linesWithoutATimeContinue() {
    assertThat(role("Version: '8.0.15'  socket: '/tmp/mysql.sock'  port: 3306"))
        .isEqualTo(LineRole.CONTINUES);
    assertThat(role("2018-04-09 16:00:21 something else")).isEqualTo(LineRole.CONTINUES);
    assertThat(role("10:00:01 UTC something else")).isEqualTo(LineRole.CONTINUES);
    assertThat(role("2024-05-01T10:00:00Z [Note] of another program"))
        .isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void readsTheJsonSink() {
    String text =
        "{\"prio\":1,\"err_code\":10051,\"source_line\":561,\"source_file\":\"event_scheduler.cc\","
            + "\"function\":\"run\",\"msg\":\"Event Scheduler started\",\"time\":"
            + "\"2020-08-06T14:25:03.109022Z\",\"ts\":1596724012005,\"thread\":5,"
            + "\"err_symbol\":\"ER_SCHEDULER_STARTED\",\"SQL_state\":\"HY000\","
            + "\"subsystem\":\"Server\",\"buffered\":1596723903109022,\"label\":\"Note\"}";
    assertThat(role(text)).isEqualTo(LineRole.ALONE);

    Parsed line = Parsed.by(format, text);

    assertThat(line.tags()).isEmpty();
    assertThat(line.message()).isEqualTo("Event Scheduler started");
    assertThat(line.text("error.code")).isEqualTo("MY-010051");
    assertThat(line.text("mysql.err_symbol")).isEqualTo("ER_SCHEDULER_STARTED");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(line.json().path("mysql.fields").path("prio").asString()).isEqualTo("1");
  }

  private LineRole role(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return format.role(bytes, 0, bytes.length);
  }
}
