package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.sink.elasticsearch.StubElasticsearch;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class KilledShipperTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;

  @Test
  void killsAtAnyMomentLoseAndDoubleNothing() throws Exception {
    CriFile log = new CriFile(dir.resolve("pods/ns_pod-0_uid/app"));
    try (StubElasticsearch server = new StubElasticsearch()) {
      int at = 0;
      for (int kill = 0; kill < 6; kill++) {
        int before = server.documents().size();
        try (ShipperProcess shipper = ShipperProcess.start(dir, config(server))) {
          for (int rotation = 0; rotation < 4; rotation++) {
            log.write(at, at += 1500);
            log.rotate();
          }
          log.write(at, at += 700);
          int some = before + 1 + 1300 * kill;
          Conditions.until(() -> server.documents().size() >= some);
          shipper.kill();
        }
        log.write(at, at += 100);
        log.rotate();
      }
      int written = at;
      try (ShipperProcess shipper = ShipperProcess.start(dir, config(server))) {
        Conditions.until(() -> server.documents().size() >= written);
        assertThat(shipper.terminate()).isEqualTo(143);
      }
      assertThat(messages(server)).containsExactlyInAnyOrderElementsOf(numbers(at));
    }
  }

  private String config(StubElasticsearch server) {
    return """
        {"state-directory": "%s", "namespace": "kill", "node-name": "node-1",
         "sources": [{"paths": ["%s/pods/*/*/*.log"], "envelope": "cri", "format": "plain"}],
         "elasticsearch": {"urls": ["%s"]},
         "delivery": {"batch-bytes": "64KiB", "batch-age": "20ms"}}
        """
        .formatted(dir.resolve("state"), dir, server.uri());
  }

  private static List<String> messages(StubElasticsearch server) {
    return server.documents().values().stream()
        .map(document -> JSON.readTree(document).path("message").asString())
        .toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }
}
