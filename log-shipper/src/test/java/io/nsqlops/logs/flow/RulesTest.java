package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.EventRules;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.FieldRedaction;
import io.nsqlops.logs.parse.Redaction;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RulesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private final ShipperMetrics metrics = new ShipperMetrics();

  @Test
  void eventsBelowTheLevelAreLeftOutCountedAndNotReadAgain() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.unified(0, 100);
    log.line("a line without a level");
    LogsConfig config =
        config(new EventRules(Severity.WARN, Redaction.none(), FieldRedaction.none(), null, false));

    ship(config);

    assertThat(documents()).filteredOn(d -> d.has("log.level")).hasSize(10);
    assertThat(documents()).hasSize(11);
    assertThat(metrics.filteredEvents()).isEqualTo(90);
    assertThat(metrics.lagBytes()).isZero();
    ship(config);
    assertThat(metrics.filteredEvents()).isEqualTo(90);
  }

  @Test
  void whatMatchesIsNowhereInTheDocument() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.unified(0, 20);

    ship(
        config(
            new EventRules(
                null,
                Redaction.of(List.of(Pattern.compile("select \\S+"))),
                FieldRedaction.none(),
                null,
                false)));

    assertThat(sink.documents()).hasSize(20).noneMatch(d -> d.contains("select"));
    assertThat(sink.documents()).allMatch(d -> d.contains("<redacted>"));
    assertThat(metrics.redactedPlaces()).isEqualTo(20);
  }

  @Test
  void namedFieldsAreNowhereInTheDocumentNorInTheTextKeptOfIt() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.unified(0, 20);
    log.line("a line nobody understands: select 7");
    FieldRedaction fields =
        FieldRedaction.of(List.of("tidb.fields.sql", "log.origin.file.line", "no.such.field"));

    ship(config(new EventRules(null, Redaction.none(), fields, null, false)));

    assertThat(documents()).hasSize(21);
    assertThat(documents().subList(0, 20))
        .allMatch(d -> d.path("tidb.fields").path("sql").asString().equals("<redacted>"))
        .allMatch(d -> d.path("message").asString().equals("Slow query"))
        .allMatch(d -> d.has("log.origin.file.name") && !d.has("log.origin.file.line"))
        .allMatch(d -> d.has("log.offset") && d.has("@timestamp"));
    assertThat(documents().get(20).path("message").asString()).isEqualTo("<redacted>");
    assertThat(sink.documents()).noneMatch(d -> d.contains("select"));
    assertThat(metrics.redactedPlaces()).isEqualTo(41);
  }

  /** What is not read again may hold what must not be seen. */
  @Test
  void aDocumentThatCannotBeReadAgainShowsNothing() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.line(
        "[2024/01/01 00:00:00.000 +00:00] [INFO] [a.go:1] [m] ["
            + "k".repeat(60_000)
            + "=1] [sql=secret]");

    ship(
        config(
            new EventRules(
                null,
                Redaction.none(),
                FieldRedaction.of(List.of("tidb.fields.sql")),
                null,
                false)));

    assertThat(documents()).hasSize(1);
    assertThat(documents().get(0).path("message").asString()).isEqualTo("<redacted>");
    assertThat(documents().get(0).path("tags").toString()).contains("_unparsed");
    assertThat(documents().get(0).has("log.offset")).isTrue();
    assertThat(sink.documents()).noneMatch(d -> d.contains("secret"));
  }

  @Test
  void labelsAreInEveryDocument() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/tidb"));
    log.unified(0, 2);
    SourceConfig plain = Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto");
    SourceConfig labelled =
        new SourceConfig(
            plain.paths(),
            plain.exclude(),
            plain.envelope(),
            plain.format(),
            plain.zone(),
            plain.dataset(),
            plain.multiline(),
            Map.of("env", "prod \"1\""),
            plain.rules(),
            0);

    ship(Shipping.config(dir.resolve("state"), labelled));

    assertThat(documents())
        .hasSize(2)
        .allMatch(d -> d.path("labels").path("env").asString().equals("prod \"1\""));
  }

  private List<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree).toList();
  }

  private void ship(LogsConfig config) throws InterruptedException {
    assertThat(new ShipLogs(config, sink, metrics).run(Until.IDLE)).isTrue();
  }

  private LogsConfig config(EventRules rules) {
    return Shipping.config(
        dir.resolve("state"),
        Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto", rules, 0));
  }
}
