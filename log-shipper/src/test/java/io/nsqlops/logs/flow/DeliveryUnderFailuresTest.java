package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.FaultProxy.Fault;
import io.nsqlops.logs.sink.memory.MemorySink;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.ElasticsearchServer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The promise: whatever happens to files, shipper and Elasticsearch, every line is in the index
 * exactly once.
 */
@NeedsBed(Bed.ELASTICSEARCH)
class DeliveryUnderFailuresTest {
  private static final String TEMPLATE =
      """
      {"index_patterns": ["logs-generic-chaos"], "priority": 999, "data_stream": {},
       "template": {
         "settings": {"index.refresh_interval": "30s"},
         "mappings": {"dynamic": false, "properties": {"message": {"type": "keyword"}}}}}
      """;

  @TempDir static Path servers;
  @TempDir Path dir;

  @Test
  @Timeout(600)
  void everyLineIsStoredOnceThroughKillsOutagesAndFaults() throws Exception {
    run(new Chaos.Plan(3, 15_000, 4000, 500, 4, 1, 12, 7), 0.3, "64KiB");
  }

  @Test
  @Tag("slow")
  @Timeout(900)
  void everyOfTwoMillionLinesIsStoredOnceThroughTwentyKills() throws Exception {
    run(new Chaos.Plan(5, 400_000, 40_000, 5000, 20, 2, 25, 11), 0.1, "1MiB");
  }

  private void run(Chaos.Plan plan, double faults, String batch) throws Exception {
    try (ElasticsearchServer server =
            ElasticsearchServer.start(servers.resolve("elasticsearch-" + plan.files()));
        FaultProxy proxy = new FaultProxy(server.uri(), faults, plan.seed())) {
      Stored stored = new Stored(server.uri());
      stored.call("PUT", "/_index_template/chaos", TEMPLATE);
      String config = config(proxy, batch);
      Chaos chaos = new Chaos(plan, proxy, server, dir, config);
      try (ShipperProcess shipper = chaos.run()) {
        Conditions.until(() -> proxy.stored() >= plan.lines());
        assertThat(shipper.terminate()).isEqualTo(143);
      }
      assertThat(chaos.kills()).isEqualTo(plan.kills());
      assertThat(chaos.outages()).isEqualTo(plan.outages());
      assertThat(proxy.faults()).containsKeys(Fault.CUT_AFTER, Fault.UNAVAILABLE_AFTER, Fault.HALF);
      assertNothingIsLeft(config);
      assertEveryLineOnce(plan, stored);
    }
  }

  private static void assertNothingIsLeft(String config) throws InterruptedException {
    MemorySink rest = new MemorySink();
    new ShipLogs(
            LogsConfig.from(new JsonMapper().readTree(config), null), rest, new ShipperMetrics())
        .run(ShipLogs.Until.IDLE);
    assertThat(rest.documents()).isEmpty();
  }

  private static void assertEveryLineOnce(Chaos.Plan plan, Stored stored) throws Exception {
    List<BitSet> seen = Stream.generate(BitSet::new).limit(plan.files()).toList();
    long count =
        stored.messages(
            "logs-generic-chaos",
            message -> {
              int space = message.indexOf(' ');
              int file = Integer.parseInt(message.substring("line-".length(), space));
              seen.get(file).set(Integer.parseInt(message.substring(space + 1)));
            });
    IntStream.range(0, plan.files())
        .forEach(
            file ->
                assertThat(seen.get(file).nextClearBit(0))
                    .as("first line missing of file %d", file)
                    .isEqualTo(plan.linesPerFile()));
    assertThat(count).as("documents").isEqualTo(plan.lines());
  }

  private String config(FaultProxy proxy, String batch) {
    return """
        {"state-directory": "%s", "namespace": "chaos", "node-name": "node-1",
         "sources": [{"paths": ["%s/pods/*/*/*.log"], "envelope": "cri", "format": "plain"},
                     {"paths": ["%s/logs/*.log"], "format": "plain"}],
         "elasticsearch": {"urls": ["%s"]},
         "delivery": {"batch-bytes": "%s", "batch-age": "50ms"}}
        """
        .formatted(dir.resolve("state"), dir, dir, proxy.uri(), batch);
  }
}
