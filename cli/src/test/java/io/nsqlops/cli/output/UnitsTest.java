package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048575, 1.0 MiB",
    "1073741824, 1.0 GiB",
    "9223372036854775807, 8192.0 PiB"
  })
  void bytesInBinaryUnits(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "840, 0.8 s",
    "9990, 10.0 s",
    "10000, 10 s",
    "59999, 59 s",
    "192000, 3 min 12 s",
    "7500000, 2 h 5 min"
  })
  void durations(long millis, String text) {
    assertThat(Units.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "42, 0:42", "3599, 59:59", "3723, 1:02:03"})
  void clock(long seconds, String text) {
    assertThat(Units.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void countsAndTimes() {
    assertThat(Units.count(1, "table")).isEqualTo("1 table");
    assertThat(Units.count(1234567, "row")).isEqualTo("1,234,567 rows");
    assertThat(Units.time(Instant.parse("2026-11-24T02:00:12.9Z")))
        .isEqualTo("2026-11-24 02:00:12Z");
  }
}
