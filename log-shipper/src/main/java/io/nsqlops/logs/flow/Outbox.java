package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DocumentBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches on their way round: filled by the reading thread, delivered by senders, acknowledged by
 * the reading thread again.
 *
 * <p>There is a fixed number of them. When all are full, reading stops: that is the only buffer
 * there is, whatever happens to Elasticsearch.
 */
final class Outbox {
  private static final int LARGE = 64 * 1024;

  /** A control character is written with six. */
  private static final int EXPANSION = 6;

  private final int batches;
  private final int capacity;
  private final int maxItems;
  private final Deque<DocumentBatch> free = new ArrayDeque<>();
  private final Deque<DocumentBatch> ready = new ArrayDeque<>();
  private final Deque<DocumentBatch> delivered = new ArrayDeque<>();
  private @Nullable DocumentBatch current;
  private long currentSince;
  private int inFlight;

  /**
   * @param batches how many there are, at least one more than senders
   * @param capacity bytes of body at which a batch is full
   */
  Outbox(int batches, int capacity, int maxItems) {
    this.batches = batches;
    this.capacity = capacity;
    this.maxItems = maxItems;
    for (int i = 0; i < batches; i++) {
      free.add(new DocumentBatch(capacity + capacity / 8));
    }
  }

  /** Whether another item can be added. Reading thread only, as all up to {@link #seal}. */
  boolean hasRoom() {
    if (current == null) {
      synchronized (this) {
        current = free.poll();
      }
    }
    return current != null;
  }

  /**
   * Whether an event of so many bytes of text can be added. A large one begins a new batch where it
   * might not fit: written as JSON it is up to six times as long, and all batches may be full of
   * such.
   */
  boolean hasRoom(int length) {
    DocumentBatch batch = current;
    if (length >= LARGE
        && batch != null
        && batch.size() > 0
        && batch.body().size() + (long) EXPANSION * length > capacity) {
      seal();
    }
    return hasRoom();
  }

  /** The batch being filled. */
  DocumentBatch current() {
    DocumentBatch batch = current;
    if (batch == null) {
      // Only events ended by a full buffer come here: they may not be lost, so memory gives way.
      batch = new DocumentBatch(capacity);
      current = batch;
    }
    return batch;
  }

  /**
   * Hands the current batch on if it is full.
   *
   * @param nanoTime is asked for the first item of a batch only
   */
  void added(LongSupplier nanoTime) {
    DocumentBatch batch = current();
    if (batch.body().size() >= capacity || batch.size() >= maxItems) {
      seal();
    } else if (batch.size() == 1) {
      currentSince = nanoTime.getAsLong();
    }
  }

  /** Hands the current batch on if it has waited for long. */
  void sealIfOlder(long age, long now) {
    if (current != null && !current.isEmpty() && now - currentSince >= age) {
      seal();
    }
  }

  /** Hands the current batch on. */
  void seal() {
    DocumentBatch batch = current;
    if (batch != null && !batch.isEmpty()) {
      current = null;
      synchronized (this) {
        ready.add(batch);
        inFlight++;
        notifyAll();
      }
    }
  }

  /** The next batch to deliver; waits for one. */
  synchronized DocumentBatch next() throws InterruptedException {
    while (ready.isEmpty()) {
      wait();
    }
    return ready.remove();
  }

  /** A sender delivered the batch. */
  synchronized void delivered(DocumentBatch batch) {
    delivered.add(batch);
    notifyAll();
  }

  /** A delivered batch to acknowledge and give back. */
  synchronized Optional<DocumentBatch> pollDelivered() {
    return Optional.ofNullable(delivered.poll());
  }

  /** The batch was acknowledged and can be filled again. */
  synchronized void release(DocumentBatch batch) {
    inFlight--;
    if (free.size() < batches) {
      batch.clear();
      free.add(batch);
    }
  }

  /** Whether nothing is being filled, delivered or acknowledged. */
  synchronized boolean isEmpty() {
    return inFlight == 0 && (current == null || current.isEmpty());
  }

  /** Waits until a batch was delivered, at most so long. */
  synchronized void awaitDelivered(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (delivered.isEmpty() && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }
}
