package io.nsqlops.logs.sink.elasticsearch;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the delivery, read by whoever shows them. */
public final class DeliveryMetrics {
  private final LongAdder requests = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failureStored = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();

  void sending(long bytes) {
    requests.increment();
    bytesSent.add(bytes);
  }

  void attempted(Attempt attempt, int items) {
    retried.add(attempt.split() ? items : attempt.again().size());
    conflicts.add(attempt.conflicts());
    rejected.add(attempt.rejected());
    failureStored.add(attempt.failureStored());
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
