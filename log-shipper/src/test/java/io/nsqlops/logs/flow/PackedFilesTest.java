package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.Told;
import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.flow.ShipLogs.Until;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Files that are compressed in a way that is not read. */
@Timeout(60)
class PackedFilesTest {
  private static final byte[] XZ = HexFormat.of().parseHex("fd377a585a000004e6d6b446020a0a0a");
  private static final byte[] GZIP = HexFormat.of().parseHex("1f8b08000000000000030a0a0a0a");

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private final ShipperMetrics metrics = new ShipperMetrics();
  private Path logs;

  @BeforeEach
  void create() throws IOException {
    logs = Files.createDirectories(dir.resolve("logs"));
    Files.writeString(logs.resolve("app.log"), "one\n");
  }

  @Test
  void areToldOnceEachAndNotShipped() throws Exception {
    for (String name : List.of("app.log.1.xz", "app.log.2.bz2", "app.log.3.lz4", "app.log.4.Z")) {
      Files.writeString(logs.resolve(name), "garbage\n");
    }
    try (Told told = new Told("io.nsqlops.logs.tail")) {
      try (RunningShipper shipper = new RunningShipper(config("app.log*"), sink, metrics)) {
        Conditions.until(() -> metrics.unwatchedFiles() == 4 && sink.documents().size() == 1);
        // The next look comes upon them again.
        Files.writeString(logs.resolve("app.log.5"), "two\n");
        Conditions.until(() -> sink.documents().size() == 2);
        assertThat(metrics.unwatchedFiles()).isEqualTo(4);
        assertThat(shipper.stop()).isTrue();
      }
      assertThat(told.messages())
          .hasSize(4)
          .allMatch(m -> m.startsWith(logs + "/app.log.") && m.contains("gzip or zstd"));
      assertThat(told.messages()).anyMatch(m -> m.contains(".bz2 is compressed by bzip2,"));
    }
    assertThat(messages()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void areKnownByTheNameTheyWereRotatedFrom() throws Exception {
    Files.write(logs.resolve("app.log.1.xz"), XZ);
    Files.write(logs.resolve("other.xz"), XZ);
    new ShipLogs(config("*.log"), sink, metrics).run(Until.IDLE);
    assertThat(metrics.unwatchedFiles()).isEqualTo(1);
    assertThat(messages()).containsExactly("one");
  }

  @Test
  void areKnownByTheirContent() throws Exception {
    Files.write(logs.resolve("app.log.1"), XZ);
    Files.write(logs.resolve("old.log"), GZIP);
    try (Told told = new Told("io.nsqlops.logs.tail")) {
      new ShipLogs(config("*.log"), sink, metrics).run(Until.IDLE);
      assertThat(told.messages())
          .hasSize(2)
          .anyMatch(m -> m.startsWith(logs + "/app.log.1 is compressed by xz,"))
          .anyMatch(m -> m.startsWith(logs + "/old.log is compressed, and its name does not"));
    }
    assertThat(metrics.unwatchedFiles()).isEqualTo(2);
    assertThat(messages()).containsExactly("one");
  }

  private LogsConfig config(String name) {
    return Shipping.config(
        dir.resolve("state"), Shipping.source(logs + "/" + name, Envelope.NONE, "plain"));
  }

  private List<String> messages() {
    JsonMapper json = JsonMapper.shared();
    return sink.documents().stream().map(d -> json.readTree(d).path("message").asString()).toList();
  }
}
