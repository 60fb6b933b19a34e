package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DurationTextTest {
  @Test
  void readsWhatPeopleWrite() {
    assertThat(DurationText.parse("14d")).isEqualTo(Duration.ofDays(14));
    assertThat(DurationText.parse("36h")).isEqualTo(Duration.ofHours(36));
    assertThat(DurationText.parse("1w2d")).isEqualTo(Duration.ofDays(9));
    assertThat(DurationText.parse("90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(DurationText.parse("0s")).isZero();
  }

  @Test
  void refusesWhatIsNone() {
    for (String bad : new String[] {"", "14", "d", "14 d", "-1d", "1.5h", "1y", "14D", "1d!"}) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> DurationText.parse(bad));
    }
  }

  @Property
  void whatIsWrittenReadsBack(@ForAll @LongRange(min = 0, max = 400_000_000) long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    assertThat(DurationText.parse(DurationText.of(duration))).isEqualTo(duration);
  }
}
