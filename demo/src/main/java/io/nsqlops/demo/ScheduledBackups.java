package io.nsqlops.demo;

import io.nsqlops.backup.schedule.TaskSchedule;
import io.nsqlops.backup.schedule.TimedTask;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A task on the schedule that is let go one firing at a time, so that something can happen between
 * two of them.
 */
final class ScheduledBackups implements AutoCloseable {
  private final Gate gate;
  private final TaskSchedule schedule;

  private ScheduledBackups(Gate gate, TaskSchedule schedule) {
    this.gate = gate;
    this.schedule = schedule;
  }

  /**
   * Schedules the task.
   *
   * @param cron with seconds in front
   */
  static ScheduledBackups start(String cron, Runnable task) {
    Clock clock = Clock.systemUTC();
    Gate gate = new Gate(task);
    TimedTask timed =
        new TimedTask("backup", cron, ZoneOffset.UTC, () -> Optional.of(clock.instant()), gate);
    return new ScheduledBackups(gate, TaskSchedule.start(List.of(timed), clock));
  }

  /** Lets the next firing run the task; returns when it has, and throws what it threw. */
  void awaitNext() throws InterruptedException {
    gate.allowed.release();
    RuntimeException failure = gate.outcomes.take().failure();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    gate.interrupt();
    schedule.close();
  }

  private record Outcome(@Nullable RuntimeException failure) {}

  /** What the schedule fires; nothing happens unless somebody waits for it. */
  private static final class Gate implements Runnable {
    private final Runnable task;
    private final Semaphore allowed = new Semaphore(0);
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private @Nullable Thread running;

    Gate(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (!allowed.tryAcquire()) {
        return;
      }
      running(Thread.currentThread());
      try {
        task.run();
        outcomes.add(new Outcome(null));
      } catch (RuntimeException e) {
        outcomes.add(new Outcome(e));
      } finally {
        running(null);
      }
    }

    private synchronized void running(@Nullable Thread thread) {
      running = thread;
    }

    private synchronized void interrupt() {
      if (running != null) {
        running.interrupt();
      }
    }
  }
}
