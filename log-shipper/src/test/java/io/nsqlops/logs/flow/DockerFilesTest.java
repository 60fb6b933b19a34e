package io.nsqlops.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.config.Envelope;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.sink.memory.MemorySink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs of Docker's json-file driver, also where kubelet links to them. */
@Timeout(60)
class DockerFilesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ID = "0123456789abcdef".repeat(4);

  @TempDir Path dir;
  private final MemorySink sink = new MemorySink();
  private Path log;
  private int nanos;

  @BeforeEach
  void create() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("docker/" + ID));
    log = Files.createFile(folder.resolve(ID + "-json.log"));
  }

  @Test
  void partsAreJoinedForEachStream() throws Exception {
    append("out 1 ", "stdout");
    append("err whole\n", "stderr");
    append("err 1 ", "stderr");
    append("out 2\n", "stdout");
    append("err 2\n", "stderr");

    Shipping.once(docker(), sink);

    assertThat(messages()).containsExactly("err whole", "out 1 out 2", "err 1 err 2");
    assertThat(documents().get(1).path("stream").asString()).isEqualTo("stdout");
    assertThat(documents().get(1).path("container.id").asString()).isEqualTo(ID);
    assertThat(documents().get(1).path("@timestamp").asString())
        .startsWith("2026-01-02T03:04:05.000000001");
  }

  @Test
  void aRestartBetweenThePartsJoinsThemAllTheSame() throws Exception {
    append("out 1 ", "stdout");
    append("err whole\n", "stderr");
    Shipping.once(docker(), sink);
    append("out 2\n", "stdout");
    Shipping.once(docker(), sink);

    assertThat(messages()).containsExactly("err whole", "out 1 out 2");
    assertThat(sink.duplicates()).isZero();
  }

  @Test
  void linesOfAProgramAreParsed() throws Exception {
    append(
        "[2024/02/28 15:38:10.140 +08:00] [WARN] [a.go:1] [\"x \\\"y\\\"\"] [k=<nil>]\n", "stdout");
    Shipping.once(docker(), sink);

    JsonNode document = documents().get(0);
    assertThat(document.path("log.level").asString()).isEqualTo("warn");
    assertThat(document.path("message").asString()).isEqualTo("x \"y\"");
    assertThat(document.path("tidb.fields").path("k").asString()).isEqualTo("<nil>");
  }

  /** What kubelet makes of it with dockershim or cri-dockerd; Docker itself rotates. */
  @Test
  void linksUnderPodsLeadToThem() throws Exception {
    Path link = dir.resolve("pods/ns_pod-0_uid/app/0.log");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, log);
    Path second = Files.createDirectories(dir.resolve("containers")).resolve("pod-0_ns_app.log");
    Files.createSymbolicLink(second, link);
    LogsConfig pods =
        Shipping.config(
            dir.resolve("state"), Shipping.source(dir + "/pods/*/*/*.log", Envelope.CRI, "auto"));
    append("first\n", "stdout");
    append("part ", "stdout");
    Shipping.once(pods, sink);
    Files.move(log, log.resolveSibling(ID + "-json.log.1"));
    Files.createFile(log);
    append("and rest\n", "stdout");
    append("last\n", "stderr");
    Shipping.once(pods, sink);

    assertThat(messages()).containsExactly("first", "part and rest", "last");
    assertThat(documents())
        .allSatisfy(
            d -> {
              assertThat(d.path("kubernetes.namespace").asString()).isEqualTo("ns");
              assertThat(d.path("kubernetes.pod.name").asString()).isEqualTo("pod-0");
              assertThat(d.path("kubernetes.container.name").asString()).isEqualTo("app");
            });

    LogsConfig containers =
        Shipping.config(
            dir.resolve("other"), Shipping.source(dir + "/containers/*.log", Envelope.CRI, "auto"));
    MemorySink again = new MemorySink();
    Shipping.once(containers, again);
    assertThat(again.byAction().keySet()).isEqualTo(sink.byAction().keySet());
    assertThat(again.documents()).allMatch(d -> d.contains("\"kubernetes.pod.name\":\"pod-0\""));
  }

  @Test
  void rotatedAndCompressedByDocker() throws Exception {
    for (int i = 0; i < 100; i++) {
      append("line " + i + "\n", "stdout");
    }
    Shipping.once(docker(), sink);
    append("late\n", "stdout");
    Path compressed = log.resolveSibling(ID + "-json.log.1.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(Files.readAllBytes(log));
    }
    Files.delete(log);
    Files.createFile(log);
    append("new\n", "stdout");
    Shipping.once(docker(), sink);

    assertThat(messages()).hasSize(102).endsWith("late", "new");
    assertThat(sink.duplicates()).isZero();
  }

  @Test
  void otherLinesAreShippedAsTheyAre() throws Exception {
    Files.writeString(log, "{\"log\":\"torn\n", StandardOpenOption.APPEND);
    append("whole\n", "stdout");
    Shipping.once(docker(), sink);
    assertThat(messages()).containsExactly("{\"log\":\"torn", "whole");
  }

  private LogsConfig docker() {
    return Shipping.config(
        dir.resolve("state"),
        Shipping.source(dir + "/docker/*/*-json.log", Envelope.DOCKER, "auto"));
  }

  private void append(String text, String stream) throws IOException {
    String line =
        "{\"log\":%s,\"stream\":\"%s\",\"time\":\"2026-01-02T03:04:05.%09dZ\"}\n"
            .formatted(JSON.writeValueAsString(text), stream, ++nanos);
    Files.write(log, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
  }

  private List<JsonNode> documents() {
    return sink.documents().stream().map(JSON::readTree).toList();
  }

  private List<String> messages() {
    return documents().stream().map(d -> d.path("message").asString()).toList();
  }
}
