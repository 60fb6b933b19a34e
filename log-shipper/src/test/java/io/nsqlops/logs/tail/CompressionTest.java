package io.nsqlops.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  /** The first bytes of what the programs wrote of an empty text, and of one line. */
  @ParameterizedTest
  @CsvSource({
    "1f8b0800000000000003, GZIP",
    "28b52ffd0458510000, ZSTD",
    "425a683931415926535950, BZIP2",
    "425a683131415926535950, BZIP2",
    "fd377a585a000004e6d6b446, XZ",
    "04224d186440a7, LZ4",
    "1f9d90, COMPRESS",
  })
  void isKnownByHowContentBegins(String hex, Compression compression) {
    assertThat(Compression.ofContent(HexFormat.of().parseHex(hex))).contains(compression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "B", "BZh9", "BZh91AY&S", "BZhang said", "2026 line", "7zXZ", "(x/y)"})
  void textIsNot(String text) {
    assertThat(Compression.ofContent(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
