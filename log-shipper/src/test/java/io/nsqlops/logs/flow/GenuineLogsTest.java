package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.parse.plain.MultilineRule;
import io.nsqlops.logs.sink.memory.MemorySink;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import io.nsqlops.testbeds.server.MysqlRelease;
import io.nsqlops.testbeds.server.MysqlServer;
import io.nsqlops.testbeds.server.PostgresServer;
import io.nsqlops.testbeds.server.SeekdbServer;
import io.nsqlops.testbeds.server.SqlServer;
import io.nsqlops.testbeds.server.TidbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What real servers wrote: every line is in an event, and every event was understood. */
@Timeout(300)
class GenuineLogsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();

  @Test
  @NeedsBed(Bed.TIDB)
  void ofTidbWithItsSlowQueries() throws Exception {
    Path log;
    Path slow;
    try (TidbServer server = TidbServer.start(dir.resolve("tidb"))) {
      server.execute("SET GLOBAL tidb_slow_log_threshold = 0");
      work(server);
      log = server.logFile();
      slow = server.slowLog();
    }
    ship(log);
    List<String> lines = Files.readAllLines(log);
    assertThat(documents()).hasSameSizeAs(lines);
    understood("tidb.server");
    assertThat(documents())
        .allMatch(d -> d.has("log.level") && d.has("log.origin.file.line"))
        .allMatch(d -> d.path("@timestamp").asString().startsWith("20"));

    MemorySink before = new MemorySink();
    Shipping.once(
        Shipping.config(
            dir.resolve("slow-state"), Shipping.source(slow.toString(), Envelope.NONE, "auto")),
        before);
    List<JsonNode> queries = before.documents().stream().map(JSON::readTree).toList();
    assertThat(queries).hasSize(matching(slow, "# Time: .*")).hasSizeGreaterThan(5);
    assertThat(queries)
        .allMatch(d -> d.path("event.dataset").asString().equals("tidb.slow"))
        .allMatch(d -> d.has("tidb.slow.query_time_s") && d.has("event.duration"))
        .allMatch(d -> !d.has("tags"))
        .anyMatch(d -> d.path("message").asString().equals("SELECT 'two lines';"))
        .anyMatch(d -> d.path("event.outcome").asString().equals("failure"));
  }

  @Test
  @NeedsBed(Bed.MYSQL8)
  void ofMysql8() throws Exception {
    mysql(MysqlRelease.V8_0);
  }

  @Test
  @NeedsBed(Bed.MYSQL9)
  void ofMysql9() throws Exception {
    mysql(MysqlRelease.V9);
  }

  private void mysql(MysqlRelease release) throws Exception {
    Path log;
    Path slow = dir.resolve("slow.log");
    try (MysqlServer server =
        MysqlServer.start(
            dir.resolve("mysql"),
            release,
            "--log-error-verbosity=3",
            "--slow-query-log=ON",
            "--long-query-time=0",
            "--slow-query-log-file=" + slow)) {
      work(server);
      log = server.logFile();
    }
    slowQueries(slow, "# Query_time: .*");
    ship(log);
    assertThat(documents())
        .hasSize(matching(log, "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\d+ \\[.*"))
        .hasSizeGreaterThan(5);
    understood("mysql.error");
    assertThat(documents())
        .allMatch(d -> d.path("error.code").asString().startsWith("MY-"))
        .anyMatch(d -> d.path("message").asString().contains("ready for connections"));
  }

  @Test
  @NeedsBed(Bed.MARIADB)
  void ofMariadb() throws Exception {
    Path log;
    Path slow = dir.resolve("slow.log");
    try (MariaDbServer server =
        MariaDbServer.start(
            dir.resolve("mariadb"),
            "--log-warnings=4",
            "--slow-query-log=ON",
            "--long-query-time=0",
            "--log-slow-verbosity=full",
            "--slow-query-log-file=" + slow)) {
      work(server);
      assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "nobody", "wrong"))
          .isInstanceOf(SQLException.class);
      log = server.logFile();
    }
    slowQueries(slow, "# Query_time: .*");
    ship(log);
    assertThat(documents())
        .hasSize(matching(log, "\\d{4}-\\d\\d-\\d\\d [ \\d]\\d:\\d\\d:\\d\\d \\d+ \\[.*"))
        .hasSizeGreaterThan(5);
    understood("mariadb.error");
    assertThat(documents())
        .allMatch(d -> d.has("log.level") && d.has("process.thread.id"))
        .anyMatch(d -> d.path("message").asString().contains("ready for connections.\nVersion: '"))
        .anyMatch(d -> d.path("message").asString().contains("Access denied for user 'nobody'"));
    assertThat(text()).isEqualTo(headless(log, "^\\d{4}-\\d\\d-\\d\\d .{8} \\d+ \\[\\w+\\] "));
  }

  /** No format knows it: every line is text, and what is indented belongs to the line before. */
  @Test
  @NeedsBed(Bed.POSTGRESQL)
  void ofPostgresqlAsPlainText() throws Exception {
    Path log;
    try (PostgresServer server =
        PostgresServer.start(dir.resolve("postgres"), "log_statement=all")) {
      assertThat(server.execute("CREATE TABLE t (id INT PRIMARY KEY)")).isTrue();
      assertThat(server.execute("INSERT INTO t\n  VALUES (1),\n  (1)")).isFalse();
      log = server.logFile();
    }
    SourceConfig indented =
        new SourceConfig(
            List.of(log.toString()),
            List.of(),
            Envelope.NONE,
            "auto",
            ZoneOffset.UTC,
            "",
            MultilineRule.indented(),
            Map.of(),
            EventRules.none(),
            0);
    Shipping.once(Shipping.config(dir.resolve("state"), indented), sink);
    assertThat(documents()).hasSize(matching(log, "\\S.*")).hasSizeGreaterThan(8);
    understood("generic");
    assertThat(documents())
        .anyMatch(d -> d.path("message").asString().contains("ready to accept connections"))
        .anyMatch(
            d -> d.path("message").asString().endsWith("INSERT INTO t\n\t  VALUES (1),\n\t  (1)"))
        .anyMatch(d -> d.path("message").asString().contains("ERROR:  duplicate key value"));
    assertThat(documents())
        .allMatch(d -> d.path("@timestamp").asString().startsWith("20"))
        .anyMatch(d -> d.path("log.level").asString().equals("error"))
        .anyMatch(d -> d.path("log.level").asString().equals("info"));
    assertThat(text()).isEqualTo(Files.readString(log));
  }

  @Test
  @NeedsBed(Bed.SEEKDB)
  void ofSeekdb() throws Exception {
    Path log;
    try (SeekdbServer server = SeekdbServer.start(dir.resolve("seekdb"))) {
      work(server);
      log = server.logFile();
    }
    ship(log);
    assertThat(documents())
        .hasSize(matching(log, "\\[\\d{4}-\\d\\d-\\d\\d [\\d:.]+\\] .*"))
        .hasSizeGreaterThan(100);
    understood("oceanbase.observer");
    assertThat(documents())
        .allMatch(d -> d.has("log.level") && d.has("process.thread.id"))
        .allMatch(d -> d.has("log.origin.file.name"));
  }

  /** The slow log of MySQL or MariaDB, recognised by the banner it begins with. */
  private void slowQueries(Path slow, String entry) throws Exception {
    MemorySink stored = new MemorySink();
    Shipping.once(
        Shipping.config(
            dir.resolve("slow-state"), Shipping.source(slow.toString(), Envelope.NONE, "auto")),
        stored);
    List<JsonNode> queries = stored.documents().stream().map(JSON::readTree).toList();
    assertThat(queries).hasSize(matching(slow, entry) + 1).hasSizeGreaterThan(5);
    assertThat(queries)
        .allMatch(d -> d.path("event.dataset").asString().equals("mysql.slow"))
        .allMatch(d -> !d.has("tags"), "not tagged")
        .anyMatch(d -> d.path("message").asString().contains("SELECT 'two lines'"));
    assertThat(queries.subList(1, queries.size()))
        .allMatch(d -> d.has("mysql.slow.query_time_s") && d.has("process.thread.id"))
        .allMatch(d -> d.path("mysql.slow.user").asString().contains(" @ "))
        .allMatch(
            d ->
                Duration.between(Instant.parse(d.path("@timestamp").asString()), Instant.now())
                        .abs()
                        .compareTo(Duration.ofHours(1))
                    < 0,
            "now");
  }

  /** Statements that leave traces in logs: definitions, rows, an error. */
  private static void work(SqlServer server) throws SQLException {
    server.execute(
        "CREATE DATABASE genuine",
        "CREATE TABLE genuine.t (id INT PRIMARY KEY, word VARCHAR(20))",
        "INSERT INTO genuine.t VALUES (1, 'a'), (2, 'b')",
        "SELECT 'two lines'",
        "ALTER TABLE genuine.t ADD COLUMN n INT");
    assertThatThrownBy(() -> server.execute("INSERT INTO genuine.t (id) VALUES (1)"))
        .isInstanceOf(SQLException.class);
  }

  private void ship(Path log) throws InterruptedException {
    Shipping.once(
        Shipping.config(
            dir.resolve("state"), Shipping.source(log.toString(), Envelope.NONE, "auto")),
        sink);
  }

  private void understood(String dataset) {
    assertThat(documents())
        .allMatch(d -> d.path("event.dataset").asString().equals(dataset), dataset)
        .allMatch(d -> !d.has("tags"), "not tagged");
  }

  private static int matching(Path log, String pattern) throws IOException {
    Pattern compiled = Pattern.compile(pattern);
    return (int)
        Files.readAllLines(log).stream().filter(l -> compiled.matcher(l).matches()).count();
  }

  /** All messages, as a file. */
  private String text() {
    return documents().stream()
        .map(d -> d.path("message").asString() + '\n')
        .collect(Collectors.joining());
  }

  private static String headless(Path log, String head) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst(head, "") + '\n')
        .collect(Collectors.joining());
  }

  private List<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree).toList();
  }
}
