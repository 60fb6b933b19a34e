package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private static final int TRIES = 3_000;

  @Test
  void aCommandThatSaysHowToBeStoppedIsNotInterruptedAsWell() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      Interruption interruption = Interruption.none();
      AtomicInteger stopped = new AtomicInteger();
      Thread signal = new Thread(interruption::stopOnce);
      signal.start();

      interruption.stopBy(stopped::incrementAndGet, Duration.ofMinutes(1));

      signal.join();
      assertThat(stopped).hasValue(1);
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
