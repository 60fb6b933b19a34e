package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.process.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Container lines whose first parts are there: more than fit into the heap, which is the one of
 * production.
 */
@Timeout(180)
class UnfinishedLinesTest {
  private static final int FILES = 200;
  private static final int PART = 16 * 1024;
  private static final int PARTS = 60;

  @TempDir Path dir;
  private final AtomicInteger before = new AtomicInteger();
  private final Set<String> ends = ConcurrentHashMap.newKeySet();

  @Test
  void theyWaitInTheFilesAndAreReadAgainWhenTheyGoOn() throws Exception {
    List<CriFile> logs = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      CriFile log = new CriFile(dir.resolve("pods/ns_pod-" + i + "_uid/app"));
      log.line("before");
      for (int part = 0; part < PARTS; part++) {
        log.piece("stdout", "P", "x".repeat(PART));
      }
      logs.add(log);
    }
    int port = FreePorts.next();
    try (CountingElasticsearch server = new CountingElasticsearch(port, this::take);
        ShipperProcess shipper = ShipperProcess.start(dir, config(port))) {
      Conditions.until(
          () -> {
            assertThat(shipper.isAlive()).as(shipper.output()).isTrue();
            return before.get() == FILES;
          });
      for (int i = 0; i < FILES; i++) {
        if (i % 2 == 0) {
          logs.get(i).rename();
        }
        logs.get(i).piece("stdout", "F", "end " + i);
      }
      Conditions.until(
          () -> {
            assertThat(shipper.isAlive()).as(shipper.output()).isTrue();
            return ends.size() == FILES;
          });
      assertThat(server.documents()).isEqualTo(2 * FILES);
    }
    assertThat(ends)
        .isEqualTo(
            IntStream.range(0, FILES)
                .mapToObj(i -> PARTS * PART + " end " + i)
                .collect(Collectors.toSet()));
  }

  /** Takes how long a line was and how it ended. */
  private void take(String document) {
    int message = document.indexOf("\"message\":\"") + "\"message\":\"".length();
    String text = document.substring(message, document.indexOf('"', message));
    if (text.equals("before")) {
      before.incrementAndGet();
    } else {
      int end = text.indexOf("end");
      ends.add(end + " " + text.substring(Math.max(0, end)));
    }
  }

  private String config(int port) {
    return """
        {"state-directory": "%s", "node-name": "node-1",
         "sources": [{"paths": ["%s/pods/*/*/*.log"], "envelope": "cri", "format": "plain"}],
         "elasticsearch": {"urls": ["http://127.0.0.1:%d"]}}
        """
        .formatted(dir.resolve("state"), dir, port);
  }
}
