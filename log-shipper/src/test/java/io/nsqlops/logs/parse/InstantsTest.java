package io.nsqlops.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InstantsTest {
  @Property
  void readsWhatTheJdkWrites(
      @ForAll @LongRange(min = 100_000, max = 8_580_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll @IntRange(min = -1079, max = 1079) int minutes) {
    Instant instant = Instant.ofEpochSecond(second, nanos);
    OffsetDateTime local = instant.atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    String text = local.toString();
    if (local.getSecond() == 0 && local.getNano() == 0) {
      return; // The JDK leaves seconds out then, which RFC 3339 does not allow.
    }

    long packed = read(text);

    assertThat(Instants.second(packed)).isEqualTo(second);
    assertThat(Instants.nanos(packed)).isEqualTo(nanos);
  }

  @Property
  void anyBytesAreNoErrorAndNeverATimeOutOfRange(@ForAll @Size(max = 40) byte[] bytes) {
    long packed = Instants.rfc3339(bytes, 0, bytes.length);
    assertThat(packed).isGreaterThanOrEqualTo(Instants.NONE);
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThat(read("2016-10-06T00:17:09.669794202")).isEqualTo(Instants.NONE);
    assertThat(read("2016-10-06T24:17:09Z")).isEqualTo(Instants.NONE);
    assertThat(read("2016-02-30T00:17:09Z")).isEqualTo(Instants.NONE);
    assertThat(read("2016-10-06T00:17:09+0200")).isEqualTo(Instants.NONE);
    assertThat(read("9999-10-06T00:17:09Z")).isEqualTo(Instants.NONE);
    assertThat(read("1970-01-01T00:00:00+01:00")).isEqualTo(Instants.NONE);
  }

  private static long read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Instants.rfc3339(bytes, 0, bytes.length);
  }
}
