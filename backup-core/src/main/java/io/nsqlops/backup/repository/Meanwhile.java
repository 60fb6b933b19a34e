package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.error.Thrown;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One task at a time beside the thread that owns this, which goes on with the next meanwhile: a
 * disk or a network keeps it waiting only if they are slower than it is.
 */
final class Meanwhile implements AutoCloseable {
  private static final long END_SECONDS = 60;

  private @Nullable ExecutorService thread;
  private @Nullable Future<?> task;

  /** Starts a task once the last one is done; throws what that one threw. */
  void start(Runnable next) {
    await();
    if (thread == null) {
      String name = Thread.currentThread().getName() + "-store";
      thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread made = new Thread(work, name);
                made.setDaemon(true);
                return made;
              });
    }
    task = thread.submit(next);
  }

  /** Waits for the task under way, if there is one; throws what it threw. */
  void await() {
    if (task == null) {
      return;
    }
    Future<?> current = task;
    task = null;
    try {
      current.get();
    } catch (ExecutionException e) {
      throw Thrown.again(e.getCause());
    } catch (InterruptedException e) {
      current.cancel(true);
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED,
          "store",
          "storing a chunk was interrupted",
          "run the same command again",
          e);
    }
  }

  /** Ends the thread: a task still under way is interrupted, since nobody asks for it any more. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.shutdownNow();
    try {
      // what it writes to may be closed next
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the store did not let go of its thread");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
