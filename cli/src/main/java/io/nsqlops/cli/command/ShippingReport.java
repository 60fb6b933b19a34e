package io.nsqlops.cli.command;

import io.nsqlops.cli.context.LogDelivery;
import io.nsqlops.cli.output.Units;
import io.nsqlops.logs.flow.ShipperMetrics;
import io.nsqlops.logs.model.Metric;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells how shipping goes: a line on stderr from time to time, and whatever is asked for. */
final class ShippingReport implements AutoCloseable {
  private final ShipperMetrics metrics;
  private final PrintStream err;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "shipping-report");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable LogDelivery delivery;
  private @Nullable ScheduledFuture<?> ticking;
  private long acknowledgedBefore;

  ShippingReport(ShipperMetrics metrics, PrintStream err, Clock clock) {
    this.metrics = metrics;
    this.err = err;
    this.clock = clock;
  }

  void every(Duration time) {
    ticking =
        timer.scheduleAtFixedRate(
            () -> line(time), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Delivery goes there from now on. */
  void about(LogDelivery current) {
    delivery = current;
  }

  void say(String what) {
    err.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + what);
  }

  private void line(Duration time) {
    long acknowledged = metrics.acknowledged();
    long rate = (acknowledged - acknowledgedBefore) * 1000 / Math.max(1, time.toMillis());
    acknowledgedBefore = acknowledged;
    LogDelivery current = delivery;
    long rejected = current == null ? 0 : current.rejected().getAsLong();
    say(
        "delivered "
            + Units.count(acknowledged)
            + " events ("
            + Units.count(rate)
            + "/s), behind "
            + Units.bytes(metrics.lagBytes())
            + ", open files "
            + metrics.openFiles()
            + (rejected == 0 ? "" : ", rejected " + Units.count(rejected))
            + trouble().map(t -> "; " + t).orElse(""));
  }

  List<Metric> all() {
    List<Metric> all = new ArrayList<>(metrics.metrics());
    LogDelivery current = delivery;
    if (current != null) {
      all.addAll(current.metrics().get());
    }
    return all;
  }

  Optional<String> trouble() {
    LogDelivery current = delivery;
    return current == null ? Optional.of("not started yet") : current.trouble().get();
  }

  @Override
  public void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    timer.shutdownNow();
  }
}
