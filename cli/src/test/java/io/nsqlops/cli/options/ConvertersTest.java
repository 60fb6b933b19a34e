package io.nsqlops.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "50MiB, 52428800",
    "50MB, 50000000",
    "50m, 52428800",
    "1.5 GiB, 1610612736",
    "800, 800",
    "10kb/s, 10000"
  })
  void rates(String text, long bytes) {
    assertThat(new ByteRate().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-5", "fast", "5 XB", "0.1", "99999999TiB"})
  void noRates(String text) {
    assertThatThrownBy(() -> new ByteRate().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "90s, 90", "5m, 300", "0, 0"})
  void times(String text, long seconds) {
    assertThat(new Seconds().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1h", "soon"})
  void noTimes(String text) {
    assertThatThrownBy(() -> new Seconds().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }
}
