package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A command that says how it is to be stopped is stopped so, once, and is not interrupted. */
class InterruptionTest {
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final int TRIES = 3_000;

  private final AtomicInteger stopped = new AtomicInteger();
  private Interruption interruption = Interruption.none();

  @Test
  void aSignalAfterItHasSaidSo() {
    interruption.stopBy(stopped::incrementAndGet, GRACE);
    interruption.stop();

    assertThat(stopped).hasValue(1);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aSignalBeforeItSaysSo() {
    interruption.stop();
    interruption.stopBy(stopped::incrementAndGet, GRACE);

    assertThat(stopped).hasValue(1);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aSignalWhileItSaysSo() throws Exception {
    for (int i = 1; i <= TRIES; i++) {
      interruption = Interruption.none();
      Thread signal = new Thread(interruption::stop);
      signal.start();

      interruption.stopBy(stopped::incrementAndGet, GRACE);

      signal.join();
      assertThat(stopped).hasValue(i);
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
