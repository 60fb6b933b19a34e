package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.error.Thrown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work off units, largest first. Units may add units. The first failure stops all.
 *
 * @param <U> a unit of work
 */
public final class WorkPool<U> {

  /** One thread's worker, with the session or buffers it owns. */
  public interface Worker<U> extends AutoCloseable {
    void work(U unit) throws Exception;

    @Override
    void close();
  }

  private final PriorityQueue<U> queue;
  private final Comparator<U> order;
  private final String name;
  private int busy;
  private @Nullable Throwable failure;
  private Iterator<U> later = Collections.emptyIterator();
  private @Nullable U nextOfLater;

  public WorkPool(String name, Comparator<U> order) {
    this.name = name;
    this.queue = new PriorityQueue<>(order);
    this.order = order;
  }

  /**
   * Very many units, in this pool's order, that come into being as they are wanted. To be called
   * before the pool runs, once.
   */
  public synchronized void addLater(Iterator<U> units) {
    later = units;
    advance();
  }

  private void advance() {
    nextOfLater = later.hasNext() ? later.next() : null;
  }

  public synchronized void add(U unit) {
    queue.add(unit);
    notifyAll();
  }

  /** Whether a unit failed: long work should look now and then and give up. */
  public synchronized boolean failed() {
    return failure != null;
  }

  /** Runs until no unit is left and none is being worked on. */
  public void run(int threads, Supplier<Worker<U>> workers) {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> loop(workers), name + "-" + i);
      thread.setDaemon(true);
      thread.start();
      running.add(thread);
    }
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      fail(e);
      running.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED, name, name + " was interrupted", "run the same command again", e);
    }
    rethrow();
  }

  private void loop(Supplier<Worker<U>> workers) {
    try (Worker<U> worker = workers.get()) {
      for (U unit = take(); unit != null; unit = take()) {
        worker.work(unit);
        done();
      }
    } catch (Throwable t) {
      fail(t);
    }
  }

  private synchronized @Nullable U take() throws InterruptedException {
    while (queue.isEmpty() && nextOfLater == null && busy > 0 && failure == null) {
      wait();
    }
    U next = failure == null ? poll() : null;
    if (next != null) {
      busy++;
    }
    return next;
  }

  private @Nullable U poll() {
    U first = queue.peek();
    U other = nextOfLater;
    if (other != null && (first == null || order.compare(other, first) < 0)) {
      advance();
      return other;
    }
    return queue.poll();
  }

  private synchronized void done() {
    busy--;
    notifyAll();
  }

  private synchronized void fail(Throwable t) {
    if (failure == null) {
      failure = t;
    }
    notifyAll();
  }

  private synchronized void rethrow() {
    if (failure != null) {
      throw Thrown.again(failure);
    }
  }
}
