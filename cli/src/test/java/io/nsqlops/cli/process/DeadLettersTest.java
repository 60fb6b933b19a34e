package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A data stream with a wrong mapping, its dead letters, and the replay once it was mended. */
@NeedsBed(Bed.ELASTICSEARCH)
class DeadLettersTest {
  private static final int LINES = 10_000;
  private static final int KILLS = 3;

  @TempDir static Path home;
  @TempDir Path directory;
  private final Random random = new Random(7);

  @Test
  void areReplayedBesideARunningShipperWhateverIsKilled() throws Exception {
    try (ElasticsearchServer server = ElasticsearchServer.start(home)) {
      Path log = Files.writeString(directory.resolve("app.log"), lines("first", LINES));
      String config = "--config=" + configuration(server, log);
      CliProcess.Lines lines = new CliProcess.Lines(directory);
      map(server, "long");
      CliProcess shipper = lines.start("ship-logs", config);
      Conditions.awaitWhile(shipper, () -> letters() == LINES);

      JsonNode listed = lines.done("dead-letters", "list", config, "--output=json").json();
      assertThat(listed.path("letters").asInt()).isEqualTo(LINES);
      assertThat(listed.path("groups")).hasSize(1);
      assertThat(listed.path("groups").get(0).path("dataStream").asString())
          .isEqualTo("logs-shop.app-shop");
      assertThat(lines.done("dead-letters", "list", config).out())
          .contains("document_parsing_exception", "10,000", "For input string");

      Run refused = lines.run("dead-letters", "replay", config, "--output=json");
      assertThat(refused.code()).as(refused.err()).isEqualTo(3);
      assertThat(refused.json().path("refused").asInt()).isEqualTo(LINES);
      assertThat(refused.err()).contains("HINT: ");
      assertThat(letters()).isEqualTo(LINES);

      map(server, "text");
      post(server, "/logs-shop.app-shop/_rollover");
      for (int kill = 0; kill < KILLS; kill++) {
        CliProcess replay = lines.start("dead-letters", "replay", config);
        long before = stored(server);
        Conditions.awaitWhile(replay, () -> stored(server) > before);
        Files.writeString(log, lines("more" + kill, 10), StandardOpenOption.APPEND);
        Thread.sleep(random.nextInt(20));
        replay.kill();
        assertThat(replay.finish().code()).isEqualTo(137);
      }
      Run last = lines.done("dead-letters", "replay", config, "--output=json");

      assertThat(last.json().path("accepted").asInt()).isBetween(1, LINES);
      assertThat(directory.resolve("state/dead-letters.ndjson")).doesNotExist();
      Conditions.awaitWhile(shipper, () -> stored(server) == LINES + 10 * KILLS);
      assertThat(lines.done("dead-letters", "list", config).out()).isEqualTo("no dead letters\n");
      shipper.terminate();
      assertThat(shipper.finish().code()).isZero();

      map(server, "long");
      post(server, "/logs-shop.app-shop/_rollover");
      Files.writeString(log, lines("late", 1), StandardOpenOption.APPEND);
      Run once = lines.run("ship-logs", config, "--until-idle");
      assertThat(once.code()).as(once.err()).isEqualTo(3);
      assertThat(once.err()).contains("1 document Elasticsearch refused", "dead-letters list");
    }
  }

  @Test
  void saysThatElasticsearchIsNotThere() throws Exception {
    String letter =
        """
        {"status":400,"action":"{\\"create\\":{\\"_index\\":\\"logs-x-y\\",\\"_id\\":\\"1\\"}}","document":"{}"}
        """;
    Files.createDirectories(directory.resolve("state"));
    Files.writeString(directory.resolve("state/dead-letters.ndjson"), letter);
    Path config =
        Files.writeString(
            directory.resolve("nsql-ops.yaml"),
            "logs: { state-directory: %s, sources: [{ paths: [/a] }], elasticsearch: { urls: [http://127.0.0.1:1] } }"
                .formatted(directory.resolve("state")));
    CliProcess.Lines lines = new CliProcess.Lines(directory);

    Run replay = lines.run("dead-letters", "replay", "--config=" + config, "--patience=1");

    assertThat(replay.code()).as(replay.err()).isEqualTo(75);
    assertThat(replay.err()).contains("ERROR: ", "nothing was taken for 1 s", "HINT: ");
    assertThat(directory.resolve("state/dead-letters.ndjson")).hasContent(letter);
  }

  private Path configuration(ElasticsearchServer server, Path log) throws IOException {
    return Files.writeString(
        directory.resolve("nsql-ops.yaml"),
        """
        cluster: shop
        logs:
          state-directory: %s
          sources:
            - { paths: ["%s"], format: plain, dataset: shop.app }
          elasticsearch: { urls: ["%s"] }
          delivery: { batch-bytes: 64KiB, batch-age: 100ms }
        """
            .formatted(directory.resolve("state"), log, server.uri()));
  }

  private long letters() throws IOException {
    Path file = directory.resolve("state/dead-letters.ndjson");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> all = Files.lines(file)) {
      return all.filter(line -> line.startsWith("{")).count();
    }
  }

  /** What the field of the text is mapped as, in the next backing index. */
  private static void map(ElasticsearchServer server, String type) throws Exception {
    String template =
        """
        { "index_patterns": ["logs-shop.app-*"], "data_stream": {}, "priority": 300,
          "template": { "mappings": { "properties": {
            "@timestamp": { "type": "date_nanos" }, "message": { "type": "%s" } } } } }
        """
            .formatted(type);
    call(
        server,
        HttpRequest.newBuilder(server.uri().resolve("/_index_template/shop"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(template)));
  }

  private static void post(ElasticsearchServer server, String path) throws Exception {
    call(server, HttpRequest.newBuilder(server.uri().resolve(path)).POST(BodyPublishers.noBody()));
  }

  private static String call(ElasticsearchServer server, HttpRequest.Builder request)
      throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(server.uri() + ": " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long stored(ElasticsearchServer server) throws Exception {
    post(server, "/logs-shop.app-*/_refresh");
    String body =
        call(server, HttpRequest.newBuilder(server.uri().resolve("/logs-shop.app-*/_count")));
    return JsonMapper.shared().readTree(body).path("count").asLong();
  }

  private static String lines(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }
}
