package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();

  private RateLimit limit(long rate) {
    now.set(0);
    return new RateLimit(rate, now::get, now::addAndGet);
  }

  /** Whatever the pieces and however long the work between them takes. */
  @Property
  void noMoreThanTheRateGoesThrough(
      @ForAll @IntRange(min = 1, max = 1_000_000_000) int rate,
      @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 50_000_000) Integer> pieces,
      @ForAll @IntRange(max = 300_000_000) int work) {
    RateLimit limit = limit(rate);
    double moved = 0;
    for (int piece : pieces) {
      now.addAndGet(work);
      limit.spend(piece);
      moved += piece;
      double allowed = rate * (now.get() / 1e9 + 0.25);
      assertThat(moved).isLessThanOrEqualTo(allowed * (1 + 1e-6) + 1);
    }
  }

  @Test
  void whoeverKeepsTheWorkersBusyGetsTheWholeRate() {
    RateLimit limit = limit(1000);
    for (int i = 0; i < 100; i++) {
      limit.spend(100);
    }
    assertThat(now.get() / 1e9).isBetween(9.7, 9.8);
  }

  @Test
  void withoutALimitNobodyWaits() {
    RateLimit limit = limit(0);
    limit.spend(Long.MAX_VALUE);
    assertThat(now.get()).isZero();
  }
}
