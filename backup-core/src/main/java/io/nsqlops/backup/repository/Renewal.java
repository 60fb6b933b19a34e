package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.OpsException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Renews a lease in the background for as long as it is open. */
final class Renewal implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * After so long without success the holder asks itself before it does anything it cannot undo.
   */
  private static final Duration DOUBTFUL = Duration.ofMinutes(3);

  private final Runnable write;
  private final Thread thread;
  private long written = System.nanoTime();
  private boolean closed;

  /**
   * @param write writes the lease, once more
   */
  Renewal(String name, Runnable write) {
    this.write = write;
    this.thread = new Thread(this::loop, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void loop() {
    try {
      while (true) {
        synchronized (this) {
          TimeUnit.NANOSECONDS.timedWait(this, INTERVAL.toNanos());
          if (closed) {
            return;
          }
        }
        renewed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewed() {
    try {
      renew();
    } catch (OpsException e) {
      // the next turn tries again, and whoever counts on the lease asks for proof
    }
  }

  private synchronized void renew() {
    if (!closed) {
      write.run();
      written = System.nanoTime();
    }
  }

  /** Renews at once unless that was done lately: a machine that slept finds out here. */
  synchronized void prove() {
    if (System.nanoTime() - written > DOUBTFUL.toNanos()) {
      renew();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
