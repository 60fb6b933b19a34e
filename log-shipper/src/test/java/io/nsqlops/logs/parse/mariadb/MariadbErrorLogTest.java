package io.nsqlops.logs.parse.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MariadbErrorLogTest {
  private final MariadbErrorLog utc = new MariadbErrorLog(ZoneOffset.UTC);

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
    assertThat(time(new MariadbErrorLog(ZoneOffset.ofHours(8)), text))
        .isEqualTo("2023-07-23T05:47:23Z");
    MariadbErrorLog berlin = new MariadbErrorLog(ZoneId.of("Europe/Berlin"));
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
