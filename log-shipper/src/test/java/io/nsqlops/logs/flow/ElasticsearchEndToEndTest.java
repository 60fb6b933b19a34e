package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.kibana.SavedObjects;
import io.nsqlops.logs.sink.elasticsearch.DeliveryMetrics;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSink;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSurvey;
import io.nsqlops.logs.sink.elasticsearch.IndexTemplates;
import io.nsqlops.logs.sink.elasticsearch.LogSearch;
import io.nsqlops.logs.sink.file.DeadLetterFile;
import io.nsqlops.testbeds.BedException;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class ElasticsearchEndToEndTest {
  private static final Pattern HEADER =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d [ \\d]\\d:\\d\\d:\\d\\d \\d+ \\[.*");

  @TempDir static Path servers;
  private static ElasticsearchServer server;
  @TempDir Path dir;

  @BeforeAll
  static void start() throws InterruptedException {
    try {
      server = ElasticsearchServer.start(servers.resolve("elasticsearch"));
    } catch (BedException e) {
      Assumptions.abort("no Elasticsearch here: " + e.getMessage());
    }
    IndexTemplates.install(
        config(servers, "a", "/none/*.log", "auto"), IndexTemplates.Types.REDUCED);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyLineIsThereOnceAfterRotationCompressionRestartAndKill() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/shop_tidb-0_uid/tidb"));
    String json = json(dir.resolve("state"), "rotation", dir + "/pods/*/*/*.log", "auto");
    String stream = "logs-tidb.server-rotation";
    Stored stored = new Stored(server.uri());
    int at = 0;
    int kills = 0;
    ShipperProcess shipper = ShipperProcess.start(dir, json);
    try {
      while (at < 60_000) {
        log.unified(at, at += 1000);
        if (at % 10_000 == 0) {
          log.rotate();
        }
        if (at % 20_000 == 0) {
          long seen = stored.count(stream);
          int written = at;
          Conditions.until(() -> stored.count(stream) > Math.min(seen + 500, written - 1000));
          shipper.kill();
          kills++;
          log.unified(at, at += 1000);
          log.rotate();
          shipper = ShipperProcess.start(dir, json);
        }
      }
      int written = at;
      Conditions.until(() -> stored.count(stream) >= written);
      assertThat(shipper.terminate()).isEqualTo(143);
    } finally {
      shipper.close();
    }
    ship(LogsConfig.from(new JsonMapper().readTree(json), null));

    assertThat(kills).isEqualTo(3);
    List<JsonNode> documents = stored.all(stream);
    BitSet numbers = new BitSet();
    documents.forEach(d -> numbers.set(d.path("tidb.fields").path("seq").asInt()));
    assertThat(numbers.cardinality()).isEqualTo(at);
    assertThat(documents).hasSize(at);
    assertThat(documents.get(0).path("kubernetes.pod.name").asString()).isEqualTo("tidb-0");
  }

  @Test
  void parsedFieldsCanBeSearchedAndCounted() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/shop_tidb-0_uid/tidb"));
    log.unified(0, 500);
    LogsConfig config = config(dir, "search", dir + "/pods/*/*/*.log", "auto");
    ship(config);

    try (LogSearch search = LogSearch.open(config.elasticsearch())) {
      search.refresh("logs-*-search");
      assertThat(search.count("logs-*-search", "log.level:warn")).isEqualTo(50);
      LogSearch.Found found =
          search.search("logs-tidb.server-search", "tidb.fields.seq:77 AND message:query", 10);
      assertThat(found.total()).isEqualTo(1);
      assertThat(found.documents().get(0).path("log.origin.file.name").asString())
          .isEqualTo("session.go");
      assertThat(search.count("logs-missing-search", "*")).isZero();
    }
  }

  /** Whoever counts documents in an aggregation, as dashboards do, counts what they stand for. */
  @Test
  void aDocumentThatStandsForOthersIsCountedAsMany() throws Exception {
    Path log = dir.resolve("app.log");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("worker ").append(i).append(" is late\n");
    }
    Files.writeString(log, text.append("done\n"));
    String json =
        json(dir.resolve("state"), "counts", log.toString(), "plain")
            .replace("\"time-zone\": \"Z\"", "\"compact\": true");
    ship(LogsConfig.from(new JsonMapper().readTree(json), null));

    Stored stored = new Stored(server.uri());
    List<JsonNode> documents = stored.all("logs-generic-counts");
    assertThat(documents).hasSize(2);
    JsonNode answer =
        stored.call(
            "POST",
            "/logs-generic-counts/_search?size=0",
            "{\"aggs\":{\"hosts\":{\"terms\":{\"field\":\"host.name\"}}}}");
    assertThat(answer.at("/aggregations/hosts/buckets/0/doc_count").asInt()).isEqualTo(501);
  }

  /** The filter of the saved search for a trace: one id, looked for in all components. */
  @Test
  void oneIdIsFoundInEveryComponent() throws Exception {
    Path logs = Files.createDirectories(dir.resolve("logs"));
    Files.writeString(
        logs.resolve("tidb.log"),
        "[2024/01/01 00:00:00.000 +00:00] [INFO] [a.go:1] [slow] [conn=Y4711-1-0-0] [x=y]\n");
    Files.writeString(
        logs.resolve("tikv.log"),
        "[2024/01/01 00:00:00.000 +00:00] [INFO] [a.rs:1] [lock] [start_ts=Y4711-1-0-0]\n");
    Files.writeString(
        logs.resolve("slow.log"),
        "# Time: 2024-01-01T00:00:00Z\n# Conn_ID: Y4711-1-0-0\n# Query_time: 1\nselect 1;\n");
    Files.writeString(
        logs.resolve("observer.log"),
        """
        [2023-03-18 04:03:32.056450] WDIAG [RS] f (l.c:6) [1][][T0][Y4711-1-0-0] [lt=3][errcode=-1] m
        [2023-03-18 04:03:32.056450] WDIAG [RS] f (l.c:6) [1][][T0][Y4-1-0-0] [lt=3][errcode=-1] m
        """);
    ship(config(dir, "trace", logs + "/*.log", "auto"));

    JsonNode filter =
        SavedObjects.lines().stream()
            .map(JsonMapper.shared()::readTree)
            .filter(o -> o.path("id").asString().equals("nsqlops-trace"))
            .map(o -> o.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON").asString())
            .map(JsonMapper.shared()::readTree)
            .map(source -> source.at("/filter/0/query"))
            .findFirst()
            .orElseThrow();
    String query =
        "{\"query\":" + filter.toString().replace("PUT THE ID HERE", "Y4711-1-0-0") + "}";
    Stored stored = new Stored(server.uri());
    stored.call("POST", "/logs-*-trace/_refresh", "");
    JsonNode answer = stored.call("POST", "/logs-*-trace/_search", query);
    assertThat(answer.path("hits").path("hits").findValuesAsString("event.dataset"))
        .containsExactlyInAnyOrder("tidb.server", "tikv.server", "tidb.slow", "oceanbase.observer");
  }

  @Test
  void theErrorLogOfARealMariaDbArrivesEventByEvent() throws Exception {
    Path log;
    try (MariaDbServer mariadb = MariaDbServer.start(dir.resolve("mariadb"))) {
      log = mariadb.logFile();
    } catch (BedException e) {
      Assumptions.abort("no MariaDB here: " + e.getMessage());
      return;
    }
    ship(config(dir, "mariadb", log.toString(), "auto"));

    List<String> lines = Files.readAllLines(log);
    long headers = lines.stream().filter(line -> HEADER.matcher(line).matches()).count();
    List<JsonNode> documents = new Stored(server.uri()).all("logs-mariadb.error-mariadb");
    assertThat(headers).isGreaterThan(5);
    assertThat(documents).hasSize((int) headers);
    assertThat(documents).allMatch(d -> d.path("tags").isMissingNode());
    String all =
        String.join("\n", documents.stream().map(d -> d.path("message").asString()).toList());
    assertThat(all).contains("ready for connections").contains("Version: '");
  }

  @Test
  void aDocumentTheMappingRefusesIsADeadLetterAndTheOthersArrive() throws Exception {
    Stored stored = new Stored(server.uri());
    stored.call(
        "PUT",
        "/_index_template/strict",
        "{\"index_patterns\":[\"logs-generic-strict\"],\"priority\":999,\"data_stream\":{},"
            + "\"template\":{\"mappings\":{\"properties\":{\"message\":{\"type\":\"long\"}}}}}");
    Path log = dir.resolve("app.log");
    Files.writeString(log, "1\ntwo\n3\n");
    LogsConfig config = config(dir, "strict", log.toString(), "plain");

    ship(config);

    assertThat(stored.count("logs-generic-strict")).isEqualTo(2);
    List<String> letters =
        Files.readAllLines(config.stateDirectory().resolve("dead-letters.ndjson"));
    assertThat(letters).hasSize(1);
    JsonNode letter = new JsonMapper().readTree(letters.get(0));
    assertThat(letter.path("original").asString()).isEqualTo("two");
    assertThat(letter.path("reason").asString()).contains("message").contains("long");
  }

  /** Written to all the same: nothing else would tell. */
  @Test
  void anIndexOfOthersInPlaceOfADataStreamIsToldOf() throws Exception {
    new Stored(server.uri()).call("PUT", "/logs-made.before-others", "{}");
    Path log = dir.resolve("app.log");
    Files.writeString(log, "a\nb\n");
    String json = json(dir.resolve("state"), "others", log.toString(), "plain");
    try (Told told = new Told(ElasticsearchSink.class)) {
      ship(LogsConfig.from(new JsonMapper().readTree(json), null));
      assertThat(told.messages()).isEmpty();
      String elsewhere = json(dir.resolve("state2"), "others", log.toString(), "plain");
      ship(
          LogsConfig.from(
              new JsonMapper()
                  .readTree(
                      elsewhere.replace("\"format\"", "\"dataset\": \"made.before\", \"format\"")),
              null));
      assertThat(told.messages())
          .singleElement()
          .asString()
          .startsWith("documents are stored in logs-made.before-others,");
    }
  }

  @Test
  void aTemplateOfOthersWithTheSamePriorityIsNamed() throws Exception {
    Stored stored = new Stored(server.uri());
    stored.call(
        "PUT",
        "/_index_template/theirs",
        "{\"index_patterns\":[\"logs-conflict.*\"],\"priority\":250}");
    String json =
        """
        {"sources": [{"paths": ["/a"], "dataset": "conflict.app"}],
         "elasticsearch": {"urls": ["%s"]}}
        """
            .formatted(server.uri());
    LogsConfig config = LogsConfig.from(new JsonMapper().readTree(json), null);

    assertThatThrownBy(() -> IndexTemplates.install(config, IndexTemplates.Types.REDUCED))
        .isInstanceOfSatisfying(
            LogsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e).hasMessageContaining("theirs");
              assertThat(e.hint()).contains("same priority");
            });
    stored.call("DELETE", "/_index_template/theirs", "");
  }

  /** This distribution has none of Elastic's own types. */
  @Test
  void aTypeTheServerLacksIsNamedAndWhatHelps() {
    LogsConfig config = config(dir, "types", "/none/*.log", "auto");
    assertThatThrownBy(() -> IndexTemplates.install(config, IndexTemplates.Types.ALL))
        .isInstanceOfSatisfying(
            LogsException.class,
            e -> {
              assertThat(e).hasMessageContaining("[match_only_text] declared on field");
              assertThat(e.hint()).contains("--templates reduced");
            });
  }

  /** With security, 403 tells of rights as well. */
  @Test
  void blocksAreToldAndWaitedFor() throws Exception {
    Path log = dir.resolve("app.log");
    Files.writeString(log, "first\n");
    LogsConfig config = config(dir, "blocks", log.toString(), "plain");
    ship(config);
    String stream = "logs-generic-blocks";
    Stored stored = new Stored(server.uri());

    Files.writeString(log, "second\n", StandardOpenOption.APPEND);
    untilBlocked(
        config, "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":%s}}");
    assertThat(stored.count(stream)).isEqualTo(2);

    Files.writeString(log, "third\n", StandardOpenOption.APPEND);
    untilBlocked(
        config, '/' + stream + "/_settings", "{\"index.blocks.read_only_allow_delete\":%s}");
    assertThat(stored.count(stream)).isEqualTo(3);
    assertThat(dir.resolve("state/dead-letters.ndjson"))
        .satisfiesAnyOf(
            letters -> assertThat(letters).doesNotExist(),
            letters -> assertThat(letters).isEmptyFile());
  }

  /** With security, this too is 403. */
  @Test
  void aTemplateThatABlockKeepsOutIsToldAsSuch() throws Exception {
    LogsConfig config = config(dir, "blocked", "/none/*.log", "auto");
    String setting = "{\"persistent\":{\"cluster.blocks.read_only_allow_delete\":%s}}";
    put("/_cluster/settings", setting.formatted("true"));
    try {
      assertThatThrownBy(() -> IndexTemplates.install(config, IndexTemplates.Types.REDUCED))
          .isInstanceOfSatisfying(
              LogsException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
                assertThat(e).hasMessageContaining("blocked writing");
                assertThat(e.hint()).contains("cluster.blocks.read_only_allow_delete to null");
              });
      assertThat(
              ElasticsearchSurvey.make(config.elasticsearch(), List.of("logs-a-blocked")).blocks())
          .extracting(block -> block.reason())
          .containsExactly("cluster read-only / allow delete (api)");
    } finally {
      put("/_cluster/settings", setting.formatted("null"));
    }
  }

  private static void untilBlocked(LogsConfig config, String path, String setting)
      throws Exception {
    put(path, setting.formatted("true"));
    try (Told told = new Told(ElasticsearchSink.class);
        DeadLetterFile letters =
            new DeadLetterFile(
                config.stateDirectory().resolve("dead-letters.ndjson"), Clock.systemUTC());
        ElasticsearchSink sink =
            ElasticsearchSink.open(config.elasticsearch(), letters, new DeliveryMetrics());
        RunningShipper shipper = new RunningShipper(config, sink)) {
      Conditions.until(() -> told.messages().stream().anyMatch(m -> m.contains("blocked writing")));
      assertThat(told.messages()).noneMatch(m -> m.contains("credentials"));
      put(path, setting.formatted("null"));
      assertThat(shipper.stop()).isTrue();
    } finally {
      put(path, setting.formatted("null"));
    }
  }

  private static void put(String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** What Elasticsearch itself says of a path that only a proxy knows. */
  @Test
  void aPathThatOnlyAProxyKnowsIsToldAsWrong() {
    URI wrong = server.uri().resolve("/es");
    assertThatThrownBy(
            () -> ElasticsearchSurvey.make(ElasticsearchConfig.open(wrong), List.of("logs-a-path")))
        .isInstanceOf(LogsException.class)
        .hasMessageContaining("not Elasticsearch");
  }

  private static void ship(LogsConfig config) throws InterruptedException {
    Path letters = config.stateDirectory().resolve("dead-letters.ndjson");
    try (DeadLetterFile deadLetters = new DeadLetterFile(letters, Clock.systemUTC());
        ElasticsearchSink sink =
            ElasticsearchSink.open(config.elasticsearch(), deadLetters, new DeliveryMetrics())) {
      assertThat(new ShipLogs(config, sink, new ShipperMetrics()).run(Until.IDLE)).isTrue();
    }
  }

  private static LogsConfig config(Path dir, String namespace, String glob, String format) {
    String json = json(dir.resolve("state"), namespace, glob, format);
    return LogsConfig.from(new JsonMapper().readTree(json), null);
  }

  private static String json(Path state, String namespace, String glob, String format) {
    String envelope = glob.contains("/pods/") ? "cri" : "none";
    return """
        {"state-directory": "%s", "namespace": "%s", "node-name": "node-1",
         "sources": [{"paths": ["%s"], "envelope": "%s", "format": "%s", "time-zone": "Z"}],
         "elasticsearch": {"urls": ["%s"]},
         "delivery": {"batch-bytes": "256KiB", "batch-age": "100ms"}}
        """
        .formatted(state, namespace, glob, envelope, format, server.uri());
  }
}
