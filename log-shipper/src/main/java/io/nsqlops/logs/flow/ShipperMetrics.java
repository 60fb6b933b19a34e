package io.nsqlops.logs.flow;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one shipper, read by whoever shows them. */
public final class ShipperMetrics {
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final AtomicLong openFiles = new AtomicLong();

  void read(long bytes) {
    bytesRead.add(bytes);
  }

  void event() {
    events.increment();
  }

  void acknowledged(long count) {
    acknowledged.add(count);
  }

  void openFiles(long count) {
    openFiles.set(count);
  }

  /** Bytes of files read. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Documents made. */
  public long events() {
    return events.sum();
  }

  /** Documents whose outcome is final: stored, or kept as rejected. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Files open at the moment. */
  public long openFiles() {
    return openFiles.get();
  }
}
