package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.process.FreePorts;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The log shipper as a process, into a real Elasticsearch. */
@NeedsBed(Bed.ELASTICSEARCH)
class ShipLogsTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir static Path home;
  @TempDir Path directory;

  @Test
  void shipsUntilIdleAndUntilStopped() throws Exception {
    try (ElasticsearchServer server = ElasticsearchServer.start(home)) {
      Path log = Files.writeString(directory.resolve("app.log"), lines("first", 1000));
      Path config =
          Files.writeString(
              directory.resolve("nsql-ops.yaml"),
              """
              cluster: shop
              logs:
                state-directory: %s
                sources:
                  - { paths: ["%s"], format: plain, dataset: shop.app }
                elasticsearch: { urls: ["%s"] }
              """
                  .formatted(directory.resolve("state"), log, server.uri()));
      CliProcess.Lines lines = new CliProcess.Lines(directory);
      call("PUT", server.uri() + "/logs-shop.app-shop");
      blockCluster(server, "true");
      Run before = lines.run("doctor", "--config=" + config);
      Run blocked = lines.run("ship-logs", "--config=" + config, "--templates=reduced");
      blockCluster(server, "null");
      assertThat(blocked.code()).as(blocked.err()).isEqualTo(75);
      assertThat(blocked.err()).contains("HINT: Set cluster.blocks.read_only to null");
      assertThat(before.code()).isEqualTo(2);
      assertThat(before.out())
          .contains("ok    logs        files        " + log + ": 1 file,")
          .contains("ok    logs        server       Elasticsearch 8.")
          .contains("ok    logs        clock")
          .contains("FIX   logs        template")
          .contains("FIX   logs        blocks       the cluster takes nothing: cluster read-only")
          .contains("HINT: Set cluster.blocks.read_only to null")
          .contains("FIX   logs        streams      logs-shop.app-shop is a plain index");
      call("DELETE", server.uri() + "/logs-shop.app-shop");

      Run first =
          lines.done(
              "ship-logs",
              "--config=" + config,
              "--until-idle",
              "--templates=reduced",
              "--output=json");
      assertThat(first.json().path("acknowledged").asInt()).isEqualTo(1000);
      assertThat(first.json().path("complete").asBoolean()).isTrue();
      assertThat(count(server)).isEqualTo(1000);
      Run well = lines.done("doctor", "--config=" + config, "--output=json");
      assertThat(well.json().path("ok").asBoolean()).isTrue();

      CliProcess daemon = lines.start("ship-logs", "--config=" + config);
      Files.writeString(log, lines("second", 500), StandardOpenOption.APPEND);
      Conditions.awaitWhile(daemon, () -> count(server) == 1500);
      daemon.terminate();
      Run stopped = daemon.finish();
      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(stopped.out()).contains("events     500");

      Run again = lines.done("ship-logs", "--config=" + config, "--until-idle", "--output=json");
      assertThat(again.json().path("events").asInt()).isZero();
    }
  }

  @Test
  void tellsHowItGoesAndTakesAChangedConfiguration() throws Exception {
    int port = FreePorts.next();
    Path first = Files.writeString(directory.resolve("first.log"), lines("first", 10));
    Path second = Files.writeString(directory.resolve("second.log"), lines("second", 20));
    try (ElasticsearchServer server = ElasticsearchServer.start(directory.resolve("server"))) {
      Path config = directory.resolve("nsql-ops.yaml");
      Files.writeString(config, listening(server, port, first));
      CliProcess daemon =
          new CliProcess.Lines(directory)
              .start("ship-logs", "--config=" + config, "--templates=reduced", "--stats-every=1");

      Conditions.awaitWhile(
          daemon, () -> get(port, "/metrics").contains("nsqlops_logs_acknowledged_total 10\n"));
      assertThat(get(port, "/readyz")).isEqualTo("ok\n");
      assertThat(get(port, "/healthz")).isEqualTo("ok\n");
      long requests = counter(port, "bulk_requests_total");

      Files.writeString(config, "logs: { sources: [] }");
      daemon.hangUp();
      Files.writeString(config, listening(server, port, second));
      daemon.hangUp();
      Conditions.awaitWhile(
          daemon, () -> get(port, "/metrics").contains("nsqlops_logs_acknowledged_total 30\n"));
      assertThat(counter(port, "bulk_requests_total")).isGreaterThan(requests);
      daemon.terminate();
      Run stopped = daemon.finish();

      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(stopped.err()).contains("the configuration was read again");
      assertThat(count(server)).isEqualTo(30);
    }
  }

  /** The log shipper cannot run: everything that is in the way is told at once. */
  @Test
  void doctorTellsAllThatIsInTheWay() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("nsql-ops.yaml"),
            """
            logs:
              state-directory: %1$s/nsql-ops.yaml/state
              sources:
                - { paths: ["%1$s/none/*.log"], format: tidb }
                - { paths: ["%1$s"] }
              elasticsearch: { urls: ["http://127.0.0.1:%2$d"] }
            """
                .formatted(directory, FreePorts.next()));

    Run ill = new CliProcess.Lines(directory).run("doctor", "--config=" + config);

    assertThat(ill.code()).isEqualTo(2);
    assertThat(ill.out())
        .contains("FIX   logs        state")
        .contains("FIX   logs        files        nothing matches")
        .contains("FIX   logs        files        1 place cannot be looked into")
        .contains("unpack or exclude what is compressed")
        .contains("FIX   logs        server")
        .contains("cannot be reached");
  }

  private static void blockCluster(ElasticsearchServer server, String value)
      throws IOException, InterruptedException {
    String setting = "{\"persistent\":{\"cluster.blocks.read_only\":" + value + "}}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + "/_cluster/settings"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(setting))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static void call(String method, String uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static long counter(int port, String name) throws IOException, InterruptedException {
    String line = "nsqlops_logs_" + name + " ";
    return get(port, "/metrics")
        .lines()
        .filter(l -> l.startsWith(line))
        .mapToLong(l -> Long.parseLong(l.substring(line.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatCannotBeReadEndsItInPartAndAnUnusableSecretDoesNotEndIt() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.writeString(directory.resolve("folder.xz"), "garbage");
    Path config = directory.resolve("nsql-ops.yaml");
    String text =
        """
        logs:
          state-directory: %1$s
          sources:
            - { paths: ["%2$s", "%2$s.xz"], format: plain }
          elasticsearch: { urls: ["http://127.0.0.1:1"]%3$s }
        """;
    Path state = directory.resolve("state");
    Files.writeString(config, text.formatted(state, folder, ""));
    CliProcess.Lines lines = new CliProcess.Lines(directory);

    Run once = lines.run("ship-logs", "--config=" + config, "--until-idle");
    assertThat(once.code()).as(once.err()).isEqualTo(3);
    assertThat(once.err())
        .contains(folder + " is a directory", "2 of the files", "HINT: ", "unpack or exclude");

    CliProcess daemon = lines.start("ship-logs", "--config=" + config);
    Conditions.awaitWhile(daemon, () -> daemon.said("is a directory"));
    Path key = directory.resolve("no-key");
    Files.writeString(config, text.formatted(state, folder, ", api-key: 'file:" + key + "'"));
    daemon.hangUp();
    Conditions.awaitWhile(daemon, () -> daemon.said("goes on as before: file:" + key));
    daemon.terminate();
    assertThat(daemon.finish().code()).isZero();
  }

  @Test
  void aSignalDuringItsStartStopsItInOrder() throws Exception {
    Path log = Files.writeString(directory.resolve("app.log"), lines("first", 10));
    try (ElasticsearchServer server = ElasticsearchServer.start(directory.resolve("server"))) {
      Path config = directory.resolve("nsql-ops.yaml");
      Files.writeString(config, listening(server, FreePorts.next(), log));
      CliProcess daemon =
          new CliProcess.Lines(directory)
              .start("ship-logs", "--config=" + config, "--templates=reduced");
      Conditions.awaitWhile(daemon, () -> daemon.said("metrics and health"));
      daemon.terminate();
      Run stopped = daemon.finish();

      assertThat(stopped.code()).as(stopped.err()).isIn(0, 3);
      assertThat(stopped.err()).doesNotContain("Exception");
    }
  }

  private String listening(ElasticsearchServer server, int port, Path log) {
    return """
        cluster: shop
        logs:
          state-directory: %s
          listen: 127.0.0.1:%d
          sources:
            - { paths: ["%s"], format: plain, dataset: shop.app }
          elasticsearch: { urls: ["%s"] }
          delivery: { batch-age: 100ms }
        """
        .formatted(directory.resolve("state"), port, log, server.uri());
  }

  /** Nothing while nobody listens. */
  private static String get(int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  private static String lines(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("2026-11-24T02:00:00.000Z ").append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  private static long count(ElasticsearchServer server) throws IOException, InterruptedException {
    HttpRequest refresh =
        HttpRequest.newBuilder(server.uri().resolve("/logs-shop.app-*/_refresh"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HTTP.send(refresh, BodyHandlers.discarding());
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve("/logs-shop.app-*/_count")).build();
    String body = HTTP.send(request, BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(body).path("count").asLong();
  }
}
