package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.testbeds.process.FreePorts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipper in the heap it has in production, with a backlog many times as large, and one line of
 * 1 GiB that grows sixfold as JSON.
 */
@Tag("slow")
@Timeout(900)
class MemoryTest {
  private static final int FILES = 500;
  private static final int LINES = 4200;
  private static final String PADDING = " of a thousand bytes".repeat(48);
  private static final long LONG_LINE = 1L << 30;
  private static final long LIMIT_KIB = 200 * 1024;
  private static final String ZERO = "\\u0000";

  @TempDir Path dir;
  private final BitSet[] seen = new BitSet[FILES];
  private final AtomicLong zeros = new AtomicLong();
  private final List<String> others = new ArrayList<>();

  @Test
  void staysWithin200MegabytesAndAccountsForEverything() throws Exception {
    long backlog = write();
    assertThat(backlog).isGreaterThan(2_000_000_000L);
    int port = FreePorts.next();
    try (ShipperProcess shipper = ShipperProcess.start(dir, config(port))) {
      Conditions.until(() -> shipper.output().contains("cannot be reached"));
      try (CountingElasticsearch server = new CountingElasticsearch(port, this::take)) {
        Conditions.until(
            () -> {
              assertThat(shipper.isAlive()).as(shipper.output()).isTrue();
              return zeros.get() == LONG_LINE && isComplete();
            },
            800);
        long peak = shipper.peakKib();
        System.out.println(
            "peak RSS " + peak / 1024 + " MiB, " + server.documents() + " documents");
        assertThat(peak).isLessThanOrEqualTo(LIMIT_KIB);
        assertThat(shipper.terminate()).isEqualTo(143);
        assertThat(others).isEmpty();
      }
    }
  }

  private long write() throws IOException {
    long bytes = 0;
    Path logs = Files.createDirectories(dir.resolve("logs"));
    for (int file = 0; file < FILES; file++) {
      seen[file] = new BitSet(LINES);
      Path log = logs.resolve("file-" + file + ".log");
      try (BufferedWriter out = Files.newBufferedWriter(log)) {
        for (int line = 0; line < LINES; line++) {
          out.write("file " + file + " line " + line + PADDING + '\n');
        }
      }
      bytes += Files.size(log);
    }
    // A hole in the file: zeros that take no room.
    try (RandomAccessFile zeros = new RandomAccessFile(logs.resolve("zeros.log").toFile(), "rw")) {
      zeros.seek(LONG_LINE);
      zeros.write('\n');
    }
    return bytes;
  }

  private synchronized void take(String document) {
    int message = document.indexOf("\"message\":\"") + "\"message\":\"".length();
    if (document.startsWith("file ", message)) {
      String[] words = document.substring(message, message + 40).split(" ");
      seen[Integer.parseInt(words[1])].set(Integer.parseInt(words[3]));
    } else if (document.startsWith(ZERO, message)) {
      int end = document.indexOf('"', message);
      zeros.addAndGet((end - message) / ZERO.length());
    } else if (!document.startsWith("\"", message)) {
      // Behind the last whole piece of the long line there is an empty one.
      others.add(document);
    }
  }

  private synchronized boolean isComplete() {
    for (BitSet file : seen) {
      if (file.cardinality() < LINES) {
        return false;
      }
    }
    return true;
  }

  private String config(int port) {
    return """
        {"state-directory": "%s", "node-name": "node-1",
         "sources": [{"paths": ["%s/logs/*.log"], "format": "auto"}],
         "elasticsearch": {"urls": ["http://127.0.0.1:%d"]}}
        """
        .formatted(dir.resolve("state"), dir, port);
  }
}
