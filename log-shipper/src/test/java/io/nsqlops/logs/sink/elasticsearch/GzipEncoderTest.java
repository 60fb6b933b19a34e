package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipEncoderTest {
  @Test
  void whatItWritesCanBeReadAndItCanBeUsedAgain() throws IOException {
    Random random = new Random(5);
    try (GzipEncoder encoder = new GzipEncoder()) {
      for (int length : new int[] {0, 1, 1000, 3_000_000, 10}) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        encoder.begin();
        encoder.write(content, 0, length / 3);
        encoder.write(content, length / 3, length);
        encoder.end();
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(encoder.bytes(), 0, encoder.size()))) {
          assertThat(in.readAllBytes()).isEqualTo(content);
        }
      }
    }
  }
}
