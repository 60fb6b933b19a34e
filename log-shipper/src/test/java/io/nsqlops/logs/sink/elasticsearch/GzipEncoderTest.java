package io.nsqlops.logs.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipEncoderTest {
  @Test
  void whatZlibWritesCanBeReadAndItCanBeUsedAgain() throws IOException {
    try (GzipEncoder encoder = new GzipEncoder(QuickDeflate.zlib())) {
      requireTrue(encoder);
    }
  }

  @Test
  void soCanWhatTheNativeOneWrites() throws IOException {
    assumeTrue(QuickDeflate.isNative(), "ISA-L is made for Linux on x86-64 with AVX2 only");
    try (GzipEncoder encoder = new GzipEncoder(QuickDeflate.create())) {
      requireTrue(encoder);
    }
  }

  private static void requireTrue(GzipEncoder encoder) throws IOException {
    Random random = new Random(5);
    for (int length : new int[] {1, 1000, 3_000_000, 10, 65_535, 65_536, 1 << 20}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      byte[] text = new byte[length];
      for (int i = 0; i < length; i++) {
        text[i] =
            (byte) "the same words, but now and then a number ".charAt((i + noise[i] / 120) % 42);
      }
      for (byte[] content : new byte[][] {noise, text, new byte[length]}) {
        byte[] longer = Arrays.copyOf(content, length + 100);
        encoder.encode(longer, length);
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(encoder.bytes(), 0, encoder.size()))) {
          assertThat(in.readAllBytes()).isEqualTo(content);
        }
      }
    }
  }
}
