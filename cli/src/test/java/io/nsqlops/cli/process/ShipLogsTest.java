package io.nsqlops.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.Run;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The log shipper as a process, into a real Elasticsearch. */
@NeedsBed(Bed.ELASTICSEARCH)
class ShipLogsTest {
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

  private static String lines(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("2026-11-24T02:00:00.000Z ").append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  private static long count(ElasticsearchServer server) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest refresh =
        HttpRequest.newBuilder(server.uri().resolve("/logs-shop.app-*/_refresh"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    client.send(refresh, BodyHandlers.discarding());
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve("/logs-shop.app-*/_count")).build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(body).path("count").asLong();
  }
}
