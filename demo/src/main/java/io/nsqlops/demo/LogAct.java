package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import io.nsqlops.demo.pods.ContainerLog;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.sink.elasticsearch.LogSearch;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Second act: logs are shipped across a rotation, and every line is found exactly once. */
final class LogAct {
  private static final int LINES = 30_000;
  private static final String STREAMS = "logs-*-demo";
  private static final Pattern EVENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d [ \\d]\\d:\\d\\d:\\d\\d \\d+ \\[.*");

  private final Stage stage;
  private final Narrator narrator;
  private final Path serverLog;

  LogAct(Stage stage, Path serverLog) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.serverLog = serverLog;
  }

  void play() throws IOException, InterruptedException {
    narrator.act("Act 2: logs, none lost and none twice");
    ElasticsearchServer elasticsearch = stage.servers().awaitSearch();
    Path pods = stage.workspace().directory().resolve("pods");
    String configuration = configuration(elasticsearch, pods).toString();
    ContainerLog container = new ContainerLog(pods.resolve("shop_tidb-0_7f3a/tidb"));
    container.write(LINES);
    narrator.say(
        "Elasticsearch runs at %s. MariaDB's own error log and %s lines of a TiDB container:"
            .formatted(elasticsearch.uri(), Units.count(container.lines())));
    stage
        .commands()
        .run("ship-logs", "--config", configuration, "--templates", "reduced", "--until-idle");
    rotate(container);
    stage.commands().run("ship-logs", "--config", configuration, "--until-idle");
    search(elasticsearch, container);
  }

  /** What the shipper has not seen is half in a file that is renamed and compressed meanwhile. */
  private void rotate(ContainerLog container) throws IOException {
    container.write(LINES / 2);
    Path renamed = container.rename();
    container.write(LINES / 2);
    container.compress(renamed);
    narrator.say(
        "While no shipper runs, the container writes on, and the kubelet renames and compresses its"
            + " file");
    narrator.detail(
        "%s lines more, half of them at the end of %s.gz"
            .formatted(Units.count(LINES), renamed.getFileName()));
  }

  private void search(ElasticsearchServer elasticsearch, ContainerLog container)
      throws IOException, InterruptedException {
    try (LogSearch search = LogSearch.open(ElasticsearchConfig.open(elasticsearch.uri()))) {
      search.refresh(STREAMS);
      narrator.say("Searches, with the counts they must have");
      String slow = "log.level:warn AND message:\"slow query\"";
      expect(search, "logs-tidb.server-demo", slow, container.slow());
      expect(search, "logs-mariadb.error-demo", "message:\"ready for connections\"", starts());
      expect(search, "logs-tidb.server-demo", "*", container.lines());
      expect(search, "logs-mariadb.error-demo", "*", events());
      JsonNode first = search.search("logs-tidb.server-demo", slow, 1).documents().get(0);
      narrator.detail(
          "the first of them: "
              + first.path("message").asString()
              + " "
              + first.path("tidb.fields"));
    }
    long all = container.lines() + events();
    stage.report().figure("logEvents", "log events", all, Units.count(all));
    stage
        .report()
        .proven(
            Units.count(all) + " log events found exactly once, across a rotation and a restart");
  }

  private void expect(LogSearch search, String streams, String query, long wanted) {
    long found = search.count(streams, query);
    narrator.detail("%-24s %-50s %8s".formatted(streams, query, Units.count(found)));
    Checks.equal("the search " + query + " in " + streams, wanted, found);
  }

  private long events() throws IOException {
    return Files.readAllLines(serverLog).stream().filter(l -> EVENT.matcher(l).matches()).count();
  }

  private long starts() throws IOException {
    return Files.readAllLines(serverLog).stream()
        .filter(l -> l.contains("ready for connections"))
        .count();
  }

  private Path configuration(ElasticsearchServer elasticsearch, Path pods) throws IOException {
    Path file = stage.workspace().directory().resolve("logs.yaml");
    return Files.writeString(
        file,
        """
        cluster: demo
        logs:
          state-directory: %s
          sources:
            - { paths: ["%s/*/*/*.log"], envelope: cri, format: auto }
            - { paths: ["%s"], format: mariadb }
          elasticsearch: { urls: ["%s"] }
        """
            .formatted(
                stage.workspace().directory().resolve("shipper"),
                pods,
                serverLog,
                elasticsearch.uri()));
  }
}
