package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.SourceConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast the files of each source may be read: so many bytes a second, with a second's worth
 * saved up at most, and a tenth of that at the beginning. One long line may overdraw it; then there
 * is none until that is made up for. Reading thread only.
 */
final class Budgets {
  /** Reading begins when this part of a second's worth is there: reads of a few bytes cost most. */
  private static final int PARTS = 10;

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final List<Budget> budgets;
  private final ShipperMetrics metrics;

  private static final class Budget {
    private final String name;

    /** Bytes a second; 0 for as many as there are. */
    private final int rate;

    private double left;
    private long asOf;
    private boolean begun;
    private long waitingSince;
    private boolean waiting;

    Budget(SourceConfig source) {
      name = source.paths().get(0);
      rate = source.maxRate();
      left = least();
    }

    private int least() {
      return Math.max(1, rate / PARTS);
    }
  }

  Budgets(List<SourceConfig> sources, ShipperMetrics metrics) {
    this.budgets = sources.stream().map(Budget::new).toList();
    this.metrics = metrics;
    budgets.stream().filter(b -> b.rate > 0).forEach(b -> metrics.throttled(b.name, 0));
  }

  /** Whether something of this source, which is there to be read, may be read now. */
  boolean allows(int source, long now) {
    Budget budget = budgets.get(source);
    if (budget.rate == 0) {
      return true;
    }
    if (budget.begun) {
      double earned = (now - budget.asOf) / SECOND * budget.rate;
      budget.left = Math.min(budget.rate, budget.left + earned);
    }
    budget.begun = true;
    budget.asOf = now;
    boolean allowed = budget.left >= budget.least();
    if (budget.waiting) {
      metrics.throttled(budget.name, now - budget.waitingSince);
    }
    budget.waiting = !allowed;
    budget.waitingSince = now;
    return allowed;
  }

  /** How many bytes of this source may be read now, where any may. */
  int most(int source) {
    Budget budget = budgets.get(source);
    return budget.rate == 0 ? Integer.MAX_VALUE : (int) Math.max(1, budget.left);
  }

  /** So much of this source was read. */
  void spend(int source, long bytes) {
    budgets.get(source).left -= bytes;
  }
}
