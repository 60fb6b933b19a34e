package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.sink.LogSink;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DetectionTest {
  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tidb.log | tidb.server | [2018/12/15 14:20:11.015 +08:00] [WARN] [session.go:1234] [x]",
        "tikv.log | tikv.server | [2018/12/15 14:20:11.015 +08:00] [WARN] [mod.rs:4] [x]",
        "tikv.json | tikv.server | {\"time\":\"2020/05/16 15:49:52.449 +08:00\",\"level\":\"INFO\","
            + "\"caller\":\"mod.rs:469\",\"message\":\"\",\"thread_id\":1}",
        "pd.log | pd.server | [2018/12/15 14:20:11.015 +08:00] [INFO] [server.go:1] [x]",
        "rocksdb.info | tikv.rocksdb | [2024/02/28 15:38:10.140 +08:00][17][INFO] x",
        "slow.log | tidb.slow | # Time: 2019-04-28T15:24:04.309074+08:00",
        "st.log | tidb.statements | {\"begin\":1672128520,\"end\":1672128530,\"digest\":\"d\"}",
        "c.log | cockroachdb.log | I210116 21:49:17.073282 14 server/node.go:464 ⋮ [-] 23  x",
        "c1.log | cockroachdb.log | I000101 00:00:12.300000 456 somefile.go:136  2 foo",
        "cj.log | cockroachdb.log | {\"c\":1,\"t\":\"1136214245.65\",\"message\":\"m\"}",
        "observer.log | oceanbase.observer | [2023-03-18 04:03:32.056450] EDIAG f (l.c:67) [1][][T0]"
            + "[Y0-0-0-0] [lt=3][errcode=-4015] m",
        "rootservice.log | oceanbase.rootservice | [2023-03-18 04:03:32.056450] INFO  [RS] f (l.c:6)"
            + " [1][][T0][Y0-0-0-0] [lt=3] m",
        "my.err | mysql.error | 2020-08-06T14:25:02.936146Z 0 [Warning] [MY-010068] [Server] m",
        "my5.err | mysql.error | 2017-11-21T09:49:40.966296Z 0 [Note] m",
        "my55.err | mysql.error | 161209 14:18:50 [Note] /usr/sbin/mysqld (mysqld 5.5.53-log) starting"
            + " as process 2101 ...",
        "ma55.err | mariadb.error | 161209 14:18:50 [Note] /usr/libexec/mysqld (mysqld"
            + " 5.5.52-MariaDB) starting as process 2101 ...",
        "my56.err | mysql.error | 2016-06-03 16:45:05 0 [Warning] TIMESTAMP with implicit DEFAULT"
            + " value is deprecated. Please use --explicit_defaults_for_timestamp server option",
        "mysql-slow.log | mysql.slow | # Time: 2023-03-01T10:00:01.123456Z",
        "host-slow.log | mysql.slow | # Time: 230301 10:00:01",
        "h.log | mysql.slow | /usr/sbin/mysqld, Version: 8.0.32 (MySQL Community Server - GPL)."
            + " started with:",
        "entry.log | mysql.error | 2024-05-01 10:00:00+00:00 [Note] [Entrypoint]: Entrypoint script"
            + " for MySQL Server 8.0.32-1.el8 started.",
        "entry-m.log | mariadb.error | 2024-05-01 10:00:00+00:00 [Note] [Entrypoint]: Entrypoint"
            + " script for MySQL Server 1:10.3.26+maria~focal started.",
        "other.log | generic | 2024-05-01 10:00:00+00:00 [Note] [Entrypoint]: Switching user",
        "maria.err | mariadb.error | 2023-01-23  3:47:23 0 [Note] m",
        "zap.log | generic | {\"level\":\"info\",\"caller\":\"x.go:1\",\"msg\":\"another program\"}",
        "pg.log | generic | 2024-01-01 10:00:00.123 UTC [123] LOG:  starting PostgreSQL",
        "app.log | generic | [2024-01-01] just brackets"
      })
  void theFirstLineTells(String name, String dataset, String line) throws Exception {
    Files.writeString(dir.resolve(name), line + '\n');

    Shipping.once(config("auto"), sink);

    assertThat(datasets()).containsExactly(dataset);
    assertThat(sink.documents().get(0)).doesNotContain("_unparsed");
  }

  /**
   * What MariaDB could have written, too, as long as no line of MySQL's own form came behind it.
   */
  @ParameterizedTest
  @CsvSource({
    "mysql-5.7-behind-mysqld_safe.log, mysql.error, 8",
    "mysql-5.6-then-5.7.log, mariadb.error, 2",
    "mysql-5.7-assertion.log, mysql.error, 3",
    "mysql-5.6-assertion.log, mysql.error, 2",
    "mysql-5.5-innodb.log, mariadb.error, 9",
    "mariadb-assertion-and-signal.log, mariadb.error, 3",
    "mysql-8-general.log, mysql.general, 14",
    "percona-5.5-slow.log, mysql.slow, 4",
    "percona-5.7-slow.log, mysql.slow, 2",
    "mariadb-slow.log, mysql.slow, 2",
    "mysql-5.0-slow.log, mysql.slow, 5",
    "oceanbase-crash.log, oceanbase.observer, 2",
    "obproxy.log, oceanbase.observer, 6",
    "rocksdb-native.log, tikv.rocksdb, 4"
  })
  void genuineLogsAreTakenForTheirServers(String name, String dataset, int events)
      throws Exception {
    Files.writeString(dir.resolve("a.log"), Events.resource(name) + '\n');

    Shipping.once(config("auto"), sink);

    assertThat(datasets()).filteredOn(dataset::equals).hasSize(events);
    assertThat(sink.documents()).noneMatch(document -> document.contains("_unparsed"));
  }

  @Test
  void theLineBehindTheScriptsTellsOfMysql() throws Exception {
    Files.writeString(
        dir.resolve("a.log"),
        """
        160603 16:45:05 mysqld_safe Starting mysqld daemon with databases from /var/lib/mysql
        2016-06-03 16:45:05 0 [Note] /usr/sbin/mysqld (mysqld 5.6.30) starting as process 25096 ...
        2016-06-03 16:45:05 25096 [Note] Plugin 'FEDERATED' is disabled.
        """);
    Shipping.once(config("auto"), sink);
    assertThat(datasets()).hasSize(3).containsOnly("mysql.error");
  }

  @Test
  void coloursAroundALineAreNotReadButKept() throws Exception {
    String line = "[2018/12/15 14:20:11.015 +08:00] [WARN] [session.go:1234] [x]";
    String other = "\u001b[0m" + line + "\u001b[0m";
    Files.writeString(dir.resolve("a.log"), "\u001b[33m" + line + '\n' + other + '\n');
    List<String> originals = new ArrayList<>();
    LogSink recording =
        new LogSink() {
          @Override
          public void deliver(DocumentBatch batch) {
            originals.add(
                new String(
                    batch.originals().array(),
                    0,
                    batch.originals().size(),
                    StandardCharsets.UTF_8));
            sink.deliver(batch);
          }

          @Override
          public void close() {}
        };
    Shipping.once(config("auto"), recording);
    assertThat(datasets()).hasSize(2).containsOnly("tidb.server");
    assertThat(sink.documents())
        .allMatch(document -> document.contains("\"message\":\"x\""))
        .noneMatch(document -> document.contains("_parse_partial"));
    assertThat(String.join("", originals)).isEqualTo("\u001b[33m" + line + other);
  }

  @Test
  void whatWasDetectedIsRememberedAndConfigurationOverrules() throws Exception {
    Path log = dir.resolve("a.log");
    Files.writeString(log, "2023-01-23  3:47:23 0 [Note] m\n");
    Shipping.once(config("auto"), sink);
    Files.writeString(log, "no header\n", StandardOpenOption.APPEND);
    Shipping.once(config("auto"), sink);
    assertThat(datasets()).containsOnly("mariadb.error");

    Files.writeString(log, "2023-01-23  3:47:24 0 [Note] m\n", StandardOpenOption.APPEND);
    Shipping.once(config("plain"), sink);
    assertThat(datasets()).contains("generic");
  }

  @Test
  void whatALaterLineToldIsRememberedToo() throws Exception {
    Path log = dir.resolve("a.log");
    String entry = Events.resource("percona-5.7-slow.log") + '\n';
    Files.writeString(log, entry);
    Shipping.once(config("auto"), sink);
    Files.writeString(log, entry, StandardOpenOption.APPEND);
    Shipping.once(config("auto"), sink);
    assertThat(datasets()).hasSize(4).containsOnly("mysql.slow");
  }

  /** A line behind an event that was handed on must not change what that event was taken for. */
  @Test
  void anEventThatWasHandedOnIsNotClaimed() throws Exception {
    Path log = dir.resolve("a.log");
    String[] lines = Events.resource("percona-5.7-slow.log").split("\n", 3);
    Files.writeString(log, lines[0] + '\n');
    Shipping.once(config("auto"), sink);
    Files.writeString(log, lines[1] + '\n', StandardOpenOption.APPEND);
    Shipping.once(config("auto"), sink);
    assertThat(datasets()).hasSize(2).containsOnly("tidb.slow");
  }

  /** A restart while the first event waits for more must not make certain what was not. */
  @Test
  void anEventThatIsReadAgainIsClaimed() throws Exception {
    Path log = dir.resolve("a.log");
    String[] lines = Events.resource("percona-5.7-slow.log").split("\n", 2);
    Files.writeString(log, lines[0] + '\n');
    LogsConfig patient = Shipping.patient(config("auto"));
    RunningShipper shipper = new RunningShipper(patient, sink);
    Conditions.until(() -> checkpoints().contains("tidb-slow"));
    assertThat(shipper.stop()).isTrue();
    assertThat(sink.documents()).isEmpty();

    Files.writeString(log, lines[1] + '\n', StandardOpenOption.APPEND);
    Shipping.once(patient, sink);
    assertThat(datasets()).hasSize(2).containsOnly("mysql.slow");
    assertThat(checkpoints()).contains("mysql-slow");
  }

  private String checkpoints() throws IOException {
    Path file = dir.resolve("state").resolve("checkpoints");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  private List<String> datasets() {
    return sink.byAction().keySet().stream()
        .map(action -> action.replaceAll(".*\"logs-(.*)-test\".*", "$1"))
        .toList();
  }

  private LogsConfig config(String format) {
    return Shipping.config(
        dir.resolve("state"),
        Shipping.source(dir + "/*.{log,json,info,err}", Envelope.NONE, format));
  }
}
