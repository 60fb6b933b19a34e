package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedSourceTest {
  @TempDir Path dir;
  private final byte[] content = new byte[200_000];

  CompressedSourceTest() {
    new Random(7).nextBytes(content);
  }

  @Test
  void readsAnyPartInAnyOrder() throws IOException {
    Path gzip = dir.resolve("x.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(content);
    }
    Path zstd = dir.resolve("x.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
      out.write(content);
    }
    check(gzip, Compression.GZIP);
    check(zstd, Compression.ZSTD);
  }

  private void check(Path file, Compression compression) throws IOException {
    Random random = new Random(11);
    try (CompressedSource source = new CompressedSource(file, compression)) {
      byte[] buffer = new byte[70_000];
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(content.length);
        int length = random.nextInt(buffer.length);
        int expected = Math.min(length, content.length - from);
        assertThat(source.read(from, buffer, 0, length)).isEqualTo(expected);
        assertThat(Arrays.equals(buffer, 0, expected, content, from, from + expected)).isTrue();
      }
      assertThat(source.read(content.length, buffer, 0, 10)).isZero();
    }
  }

  @Test
  void concatenatedMembersAreOneContent() throws IOException {
    Path gzip = dir.resolve("x.gz");
    try (OutputStream file = Files.newOutputStream(gzip)) {
      for (int half = 0; half < 2; half++) {
        GZIPOutputStream member = new GZIPOutputStream(file);
        member.write(content, half * 100_000, 100_000);
        member.finish();
      }
    }
    check(gzip, Compression.GZIP);
  }

  @Test
  void atornFileIsAnError() throws IOException {
    Path gzip = dir.resolve("x.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(content);
    }
    byte[] bytes = Files.readAllBytes(gzip);
    Files.write(gzip, Arrays.copyOf(bytes, bytes.length / 2));
    try (CompressedSource source = new CompressedSource(gzip, Compression.GZIP)) {
      byte[] buffer = new byte[content.length];
      assertThatThrownBy(() -> source.read(0, buffer, 0, buffer.length))
          .isInstanceOf(IOException.class);
    }
  }
}
