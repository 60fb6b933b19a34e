package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.sink.elasticsearch.DeliveryMetrics;
import io.nsqlops.logs.sink.elasticsearch.ElasticsearchSink;
import io.nsqlops.logs.sink.file.DeadLetterFile;
import io.nsqlops.testbeds.cache.ArchiveBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is promised of every version of Elasticsearch that is not the one of all other tests. */
@Timeout(300)
abstract class ElasticsearchVersionContract {
  @TempDir Path dir;

  abstract ArchiveBed bed();

  /** Whether what is stored goes into data streams here. */
  abstract boolean hasDataStreams();

  abstract void installTemplates(Stored stored, LogsConfig config) throws Exception;

  /** Makes {@code logs-strict-old} refuse a message that is no number. */
  abstract void refuseTexts(Stored stored) throws Exception;

  @Test
  void everyLineIsThereOnceAndRefusedOnesAreKept() throws Exception {
    try (ElasticsearchServer server =
        ElasticsearchServer.start(bed(), dir.resolve("elasticsearch"))) {
      Stored stored = new Stored(server.uri());
      CriFile log = new CriFile(dir.resolve("pods/shop_tidb-0_uid/tidb"));
      log.unified(0, 5000);
      log.rotate();
      log.unified(5000, 6000);
      LogsConfig config = config(server, "first");
      installTemplates(stored, config);
      DeliveryMetrics metrics = new DeliveryMetrics();
      try (Told told = new Told(ElasticsearchSink.class)) {
        ship(config, metrics);
        assertThat(told.messages())
            .filteredOn(message -> message.contains("no data stream"))
            .filteredOn(message -> message.contains("logs-tidb.server-old"))
            .hasSize(hasDataStreams() ? 0 : 1);
      }
      assertThat(metrics.conflicts()).isZero();
      // Every checkpoint is lost: everything is sent again, and known to be there.
      ship(config(server, "second"), metrics);
      assertThat(metrics.conflicts()).isEqualTo(6000);

      List<JsonNode> documents = stored.all("logs-tidb.server-old");
      BitSet numbers = new BitSet();
      documents.forEach(d -> numbers.set(d.path("tidb.fields").path("seq").asInt()));
      assertThat(documents).hasSize(6000);
      assertThat(numbers.cardinality()).isEqualTo(6000);
      JsonNode errors =
          stored.call("GET", "/logs-tidb.server-old/_count?q=log.level:warn", "").path("count");
      assertThat(errors.asInt()).isEqualTo(600);

      Path plain = Files.createDirectories(dir.resolve("plain")).resolve("app.log");
      Files.writeString(plain, "x\n");
      LogsConfig refused =
          LogsConfig.from(
              JsonMapper.shared()
                  .readTree(
                      json(server, "third", plain.toString(), "none")
                          .replace("\"format\"", "\"dataset\": \"strict\", \"format\"")),
              null);
      refuseTexts(stored);
      ship(refused, metrics);
      assertThat(metrics.rejected()).isEqualTo(1);
      assertThat(Files.readString(refused.stateDirectory().resolve("dead-letters.ndjson")))
          .contains("\"original\":\"x\"", "failed to parse field [message]");
    }
  }

  private static void ship(LogsConfig config, DeliveryMetrics metrics) throws InterruptedException {
    Path letters = config.stateDirectory().resolve("dead-letters.ndjson");
    try (DeadLetterFile deadLetters = new DeadLetterFile(letters, Clock.systemUTC());
        ElasticsearchSink sink =
            ElasticsearchSink.open(config.elasticsearch(), deadLetters, metrics)) {
      assertThat(new ShipLogs(config, sink, new ShipperMetrics()).run(Until.IDLE)).isTrue();
    }
  }

  private LogsConfig config(ElasticsearchServer server, String state) {
    return LogsConfig.from(
        JsonMapper.shared().readTree(json(server, state, dir + "/pods/*/*/*.log", "cri")), null);
  }

  private String json(ElasticsearchServer server, String state, String glob, String envelope) {
    return """
        {"state-directory": "%s", "namespace": "old", "node-name": "node-1",
         "sources": [{"paths": ["%s"], "envelope": "%s", "format": "auto"}],
         "elasticsearch": {"urls": ["%s"]}}
        """
        .formatted(dir.resolve(state), glob, envelope, server.uri());
  }
}
