package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.output.ProgressMeter.Reading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private final ProgressMeter meter = new ProgressMeter();

  @Test
  void tellsShareRateAndRest() {
    meter.begin("backup", 1000, 0);
    meter.add(5, 250);

    Reading reading = meter.read(5 * SECOND);

    assertThat(reading.percent()).hasValue(25);
    assertThat(reading.perSecond()).isEqualTo(50);
    assertThat(reading.left()).isEqualTo(Duration.ofSeconds(15));
    assertThat(reading.rows()).isEqualTo(5);
  }

  /** Many tables may be much smaller than the server says. */
  @Test
  void whatIsDoneCountsAsItWasGuessed() {
    meter.begin("backup", 1000, 0);
    meter.add(1, 10);
    meter.settle(300, 10);
    meter.add(1, 200);
    meter.settle(100, 200);

    Reading reading = meter.read(4 * SECOND);

    assertThat(reading.percent()).hasValue(40);
    assertThat(reading.bytes()).isEqualTo(210);
    assertThat(reading.left()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void promisesNothingInTheFirstMoments() {
    meter.begin("backup", 1000, 0);
    meter.add(1, 500);

    assertThat(meter.read(SECOND).left()).isNull();
  }

  @Test
  void promisesNothingOnceTheGuessIsPassed() {
    meter.begin("backup", 1000, 0);
    meter.add(1, 1001);

    Reading reading = meter.read(5 * SECOND);

    assertThat(reading.percent()).isEmpty();
    assertThat(reading.left()).isNull();
  }

  @Test
  void promisesNothingWithoutATotal() {
    meter.begin("snapshot", 0, 0);
    meter.add(1, 1);

    Reading reading = meter.read(5 * SECOND);

    assertThat(reading.percent()).isEmpty();
    assertThat(reading.left()).isNull();
  }

  @Test
  void forgetsHowFastItWasLongAgo() {
    meter.begin("backup", 100_000, 0);
    meter.add(0, 10_000);
    meter.read(SECOND);
    for (int second = 2; second <= 20; second++) {
      meter.add(0, 10);
      meter.read(second * SECOND);
    }

    Reading reading = meter.read(20 * SECOND);

    assertThat(reading.perSecond()).isEqualTo(10);
    assertThat(reading.left()).isEqualTo(Duration.ofSeconds((100_000 - 10_190) / 10));
  }

  @Test
  void beginsAnewWithEachPhase() {
    meter.begin("backup", 100, 0);
    meter.add(1, 100);
    meter.begin("commit", 0, SECOND);

    assertThat(meter.read(2 * SECOND).bytes()).isZero();
  }
}
