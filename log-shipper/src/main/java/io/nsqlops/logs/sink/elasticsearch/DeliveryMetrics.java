package io.nsqlops.logs.sink.elasticsearch;

import io.nsqlops.logs.model.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the delivery, read by whoever shows them. */
public final class DeliveryMetrics {
  /** A short failure is no news: Elasticsearch restarts, and is busy at times. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LongAdder requests = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failureStored = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final AtomicLong failingSince = new AtomicLong();
  private volatile boolean refused;
  private volatile String failure = "";

  /** Goes on counting for another connection, of which nothing bad is known. */
  public void beginAgain() {
    failingSince.set(0);
    refused = false;
  }

  void sending(long bytes) {
    requests.increment();
    bytesSent.add(bytes);
  }

  void attempted(Attempt attempt, int items) {
    retried.add(attempt.split() ? items : attempt.again().size());
    conflicts.add(attempt.conflicts());
    rejected.add(attempt.rejected());
    failureStored.add(attempt.failureStored());
    if (attempt.again().size() == items) {
      failure = attempt.why();
      failingSince.compareAndSet(0, System.nanoTime());
    } else if (!attempt.split()) {
      failingSince.set(0);
    }
    // last: whoever sees it reads why
    refused = attempt.refused();
  }

  /** Whether the last request came to nothing. */
  boolean isFailing() {
    return failingSince.get() != 0;
  }

  /** Why we are not let in, or nothing has been delivered for some time; empty if all is well. */
  public Optional<String> trouble() {
    if (refused) {
      // No matter of patience: somebody has to do something.
      return Optional.of(failure);
    }
    long since = failingSince.get();
    long silence = System.nanoTime() - since;
    return since != 0 && silence > PATIENCE.toNanos()
        ? Optional.of(
            "nothing was delivered for " + Duration.ofNanos(silence).toSeconds() + " s: " + failure)
        : Optional.empty();
  }

  /** All of it. */
  public List<Metric> metrics() {
    return List.of(
        counter("bulk_requests", "Bulk requests sent.", requests()),
        counter("bulk_bytes", "Bytes of bulk requests, compressed.", bytesSent()),
        counter("retried", "Documents sent again, each time counted.", retried()),
        counter("duplicates", "Documents an earlier attempt had stored.", conflicts()),
        counter("rejected", "Documents refused and kept as dead letters.", rejected()),
        counter(
            "failure_stored",
            "Documents Elasticsearch put into its failure store.",
            failureStored()),
        Metric.gauge(
            "nsqlops_logs_delivery_failing",
            "1 while nothing can be delivered.",
            isFailing() ? 1 : 0));
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.counter("nsqlops_logs_" + name + "_total", help, value);
  }

  /** Bulk requests sent. */
  public long requests() {
    return requests.sum();
  }

  /** Documents sent again, each time counted. */
  public long retried() {
    return retried.sum();
  }

  /** Documents that an earlier attempt had stored. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** Documents kept as dead letters. */
  public long rejected() {
    return rejected.sum();
  }

  /** Documents Elasticsearch put into its failure store. */
  public long failureStored() {
    return failureStored.sum();
  }

  /** Bytes of request bodies, compressed. */
  public long bytesSent() {
    return bytesSent.sum();
  }
}
