package io.nsqlops.demo.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
  @TempDir Path directory;

  @Test
  void countsEventsNotLines() throws IOException {
    ContainerLog log = new ContainerLog(directory);

    log.write(500);

    String text = Files.readString(directory.resolve("0.log"));
    assertThat(log.lines()).isEqualTo(500);
    assertThat(log.slow()).isEqualTo(5);
    assertThat(text.lines()).hasSize(502);
    assertThat(text.lines().filter(l -> l.contains(" stdout P "))).hasSize(2);
    assertThat(text.lines().filter(l -> l.contains("Slow query"))).hasSize(5);
  }

  @Test
  void rotationLosesNothing() throws IOException {
    ContainerLog log = new ContainerLog(directory);
    log.write(10);
    byte[] before = Files.readAllBytes(directory.resolve("0.log"));

    Path renamed = log.rename();
    log.write(3);
    log.compress(renamed);

    Path compressed = directory.resolve(renamed.getFileName() + ".gz");
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(compressed)))) {
      assertThat(in.readAllBytes()).isEqualTo(before);
    }
    assertThat(Files.readString(directory.resolve("0.log"), StandardCharsets.UTF_8).lines())
        .hasSize(3);
    assertThat(renamed).doesNotExist();
  }
}
