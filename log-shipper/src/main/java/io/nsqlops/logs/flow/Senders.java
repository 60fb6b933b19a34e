package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.LogSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The threads that deliver batches, each one at a time. */
final class Senders {
  private final Outbox outbox;
  private final LogSink sink;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Senders(Outbox outbox, LogSink sink) {
    this.outbox = outbox;
    this.sink = sink;
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::run, "log-sender-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        DocumentBatch batch = outbox.next();
        sink.deliver(batch);
        outbox.delivered(batch);
      }
    } catch (InterruptedException e) {
      // Stopped: what is under way is sent again by the next run.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** What ended a sender, other than being stopped. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops the threads, whatever they are doing. */
  void stop() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
  }
}
