package io.nsqlops.logs.parse.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MariadbErrorLogTest {
  private final MariadbErrorLog utc = new MariadbErrorLog(ZoneOffset.UTC, true);

  @Test
  void readsAPaddedHour() {
    Parsed line =
        Parsed.by(
            utc,
            "2023-01-23  3:47:23 0 [Note] InnoDB: Buffer pool(s) load completed at 230123  3:47:23");
    assertThat(line.text("@timestamp")).isEqualTo("2023-01-23T03:47:23Z");
    assertThat(line.text("log.level")).isEqualTo("info");
    assertThat(line.text("process.thread.id")).isEqualTo("0");
    assertThat(line.message())
        .isEqualTo("InnoDB: Buffer pool(s) load completed at 230123  3:47:23");
  }

  @Test
  void readsLongThreadIdsAndOtherLevels() {
    Parsed old =
        Parsed.by(
            utc,
            "2018-03-30 17:25:24 139927115249408 [Note] InnoDB: Buffer pool(s) load completed at"
                + " 180330 17:25:24");
    assertThat(old.text("process.thread.id")).isEqualTo("139927115249408");
    assertThat(old.text("@timestamp")).isEqualTo("2018-03-30T17:25:24Z");
    assertThat(old.message()).isEqualTo("InnoDB: Buffer pool(s) load completed at 180330 17:25:24");
    Parsed error = Parsed.by(utc, "2018-03-30 17:25:24 3 [ERROR] mysqld: Table is crashed");
    assertThat(error.text("log.level")).isEqualTo("error");
    assertThat(Parsed.by(utc, "2018-03-30 17:25:24 3 [Warning] Aborted").text("log.level"))
        .isEqualTo("warn");
  }

  @Test
  void localTimesAreReadInTheConfiguredZone() {
    String text = "2023-07-23 13:47:23 0 [Note] x";
    assertThat(time(new MariadbErrorLog(ZoneOffset.ofHours(8), true), text))
        .isEqualTo("2023-07-23T05:47:23Z");
    MariadbErrorLog berlin = new MariadbErrorLog(ZoneId.of("Europe/Berlin"), true);
    assertThat(time(berlin, text)).isEqualTo("2023-07-23T11:47:23Z");
    assertThat(time(berlin, "2023-10-29 02:59:59 0 [Note] x")).isEqualTo("2023-10-29T00:59:59Z");
    assertThat(time(berlin, "2023-10-29 03:00:00 0 [Note] x")).isEqualTo("2023-10-29T02:00:00Z");
  }

  @Test
  void readsTheEntryPointOfTheImage() {
    Parsed line =
        Parsed.by(
            utc,
            "2024-05-01 10:00:00+02:00 [Note] [Entrypoint]: Entrypoint script for MariaDB started.");
    assertThat(line.text("@timestamp")).isEqualTo("2024-05-01T08:00:00Z");
    assertThat(line.message()).isEqualTo("[Entrypoint]: Entrypoint script for MariaDB started.");
  }

  /** As MariaDB 10.6 reports it, in the form of time of long ago. */
  @Test
  void aCrashIsAnEventOfItsOwn() {
    String crash = "230124 13:47:23 [ERROR] mysqld got signal 11 ;";
    assertThat(role(crash)).isEqualTo(LineRole.STARTS);
    Parsed event = Parsed.by(utc, crash + "\nThis could be because you hit a bug.");
    assertThat(event.text("@timestamp")).isEqualTo("2023-01-24T13:47:23Z");
    assertThat(event.text("log.level")).isEqualTo("error");
    assertThat(event.message())
        .isEqualTo("mysqld got signal 11 ;\nThis could be because you hit a bug.");
    assertThat(time(utc, "230124  3:47:23 [Note] x")).isEqualTo("2023-01-24T03:47:23Z");
  }

  @Test
  void anAssertionOfInnodbIsFatal() {
    List<Parsed> events = Events.genuine(utc, "mariadb-10.6-assertion.log");
    assertThat(events).hasSize(3);
    Parsed assertion = events.get(2);
    assertThat(assertion.text("@timestamp")).isEqualTo("2021-10-28T15:41:20Z");
    assertThat(assertion.text("log.level")).isEqualTo("fatal");
    assertThat(assertion.text("process.thread.name")).isEqualTo("0x7fde3f7fe700");
    assertThat(assertion.message())
        .startsWith("InnoDB: Assertion failure in file /home/buildbot")
        .endsWith("https://jira.mariadb.org/");

    assertThat(levels("mariadb-10.5-assertion.log")).containsExactly("error", "fatal");
    assertThat(levels("mariadb-assertion-and-signal.log"))
        .containsExactly("error", "fatal", "error");
  }

  /** Of the time when InnoDB printed threads in hexadecimal, and no labels. */
  @Test
  void whatInnodbPrintsPastTheLogIsAnEvent() {
    List<Parsed> events = Events.genuine(utc, "mariadb-10.1-innodb-warning.log");
    assertThat(events).hasSize(7);
    Parsed warning = events.get(4);
    assertThat(warning.text("log.level")).isEqualTo("warn");
    assertThat(warning.text("process.thread.name")).isEqualTo("7fdc35401880");
    assertThat(warning.message()).startsWith("InnoDB: Warning: Using innodb_locks_unsafe");

    List<Parsed> first = Events.genuine(utc, "mysql-5.6-assertion.log");
    assertThat(first).hasSize(2);
    assertThat(first.get(0).text("log.level")).isEqualTo("fatal");
    assertThat(first.get(0).message()).endsWith("We intentionally generate a memory trap.");
    assertThat(first.get(1).text("@timestamp")).isEqualTo("2016-01-05T12:48:57Z");
  }

  /** The forms of MySQL 5.6 cannot be told from MariaDB's; its report of a crash can. */
  @Test
  void whatMysqlWritesInTheSameFormsIsUnderstood() {
    List<Parsed> events = Events.genuine(utc, "mysql-5.6-crash.log");
    assertThat(events).hasSize(3);
    assertThat(events.get(2).text("log.level")).isEqualTo("fatal");
    assertThat(events.get(2).text("@timestamp")).isEqualTo("2016-03-24T22:58:20Z");

    assertThat(Events.of(utc, Events.resource("mysql-5.7-behind-mysqld_safe.log")))
        .hasSize(8)
        .extracting(event -> event.getBytes(StandardCharsets.UTF_8))
        .extracting(event -> utc.dataset(event, 0, event.length))
        .startsWith("mariadb.error")
        .endsWith("mysql.error", "mysql.error", "mysql.error")
        .containsOnlyOnce("mariadb.error");
  }

  private List<String> levels(String name) {
    return Events.genuine(utc, name).stream().map(event -> event.text("log.level")).toList();
  }

  @Test
  void theScriptThatStartsTheServerWritesToo() {
    String line = "230124 13:47:23 mysqld_safe Starting mariadbd daemon with databases from /v";
    assertThat(role(line)).isEqualTo(LineRole.STARTS);
    Parsed event = Parsed.by(utc, line);
    assertThat(event.text("@timestamp")).isEqualTo("2023-01-24T13:47:23Z");
    assertThat(event.text("log.level")).isEqualTo("info");
    assertThat(event.message()).startsWith("mysqld_safe Starting");
    assertThat(role("230124 13:47:23 something else")).isEqualTo(LineRole.CONTINUES);
  }

  @Test
  void linesWithoutAHeaderBelongToTheEventBefore() {
    assertThat(role("2023-01-23  3:47:23 0 [Note] x")).isEqualTo(LineRole.STARTS);
    assertThat(
            role(
                "Version: '10.6.11-MariaDB'  socket: '/run/mysqld/mysqld.sock'  port: 3306 "
                    + " MariaDB Server"))
        .isEqualTo(LineRole.CONTINUES);
    assertThat(role("2023-01-23  3:47:23 0 Note x")).isEqualTo(LineRole.CONTINUES);

    Parsed banner = Parsed.by(utc, "2023-01-23  3:47:23 0 [Note] ready\nVersion: '10.6.11'");
    assertThat(banner.message()).isEqualTo("ready\nVersion: '10.6.11'");
  }

  @Property
  void anyBytesMakeADocument(@ForAll @Size(max = 60) byte[] bytes) {
    Parsed line = Parsed.by(utc, bytes);
    assertThat(line.tags()).contains("_unparsed");
    utc.role(bytes, 0, bytes.length);
  }

  @Property
  void anyMessageIsKept(@ForAll String message) {
    String clean = new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(Parsed.by(utc, "2023-01-23  3:47:23 0 [Note] " + clean).message()).isEqualTo(clean);
  }

  private static String time(MariadbErrorLog format, String text) {
    return Parsed.by(format, text).text("@timestamp");
  }

  private LineRole role(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return utc.role(bytes, 0, bytes.length);
  }
}
