package io.nsqlops.backup.schedule;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Fires tasks at their times. A task never overlaps itself; fire times missed while it ran, or
 * while the process was down, are caught up with one run, the latter where the task knows when it
 * was last done.
 */
public final class TaskSchedule implements AutoCloseable {
  private final Scheduler scheduler;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private TaskSchedule(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Starts; each task that is known to have missed a time runs at once. */
  public static TaskSchedule start(List<TimedTask> tasks, Clock clock) {
    try {
      TaskSchedule schedule = new TaskSchedule(scheduler(tasks.size()));
      for (TimedTask task : tasks) {
        schedule.add(task, clock.instant());
      }
      schedule.scheduler.start();
      return schedule;
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static Scheduler scheduler(int threads) throws SchedulerException {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "nsql-ops");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty(
        "org.quartz.threadPool.threadCount", String.valueOf(Math.max(1, threads)));
    return new StdSchedulerFactory(properties).getScheduler();
  }

  private void add(TimedTask task, Instant now) throws SchedulerException {
    JobDataMap data = new JobDataMap();
    data.put(TaskJob.ACTION, task.action());
    JobDetail job =
        JobBuilder.newJob(TaskJob.class).withIdentity(task.name()).usingJobData(data).build();
    CronScheduleBuilder times =
        CronScheduleBuilder.cronSchedule(CronTimes.quartz(task.cron()))
            .inTimeZone(TimeZone.getTimeZone(task.zone()))
            .withMisfireHandlingInstructionFireAndProceed();
    scheduler.scheduleJob(
        job, TriggerBuilder.newTrigger().withIdentity(task.name()).withSchedule(times).build());
    if (missed(task, now)) {
      scheduler.triggerJob(job.getKey());
    }
  }

  /** Whether a time has passed since the last success that is known of. */
  private static boolean missed(TimedTask task, Instant now) {
    Optional<Instant> due = CronTimes.lastBefore(task.cron(), task.zone(), now);
    Optional<Instant> done = task.lastDone().get();
    return done.isPresent() && due.isPresent() && done.get().isBefore(due.get());
  }

  /** Waits until {@link #stop} has been called. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Lets nothing more begin; returns at once. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Ends: waits for running tasks.
   *
   * @return whether all of them ended in time
   */
  public boolean finish(Duration deadline) {
    stop();
    try {
      scheduler.standby();
      Instant end = Instant.now().plus(deadline);
      while (!scheduler.getCurrentlyExecutingJobs().isEmpty() && Instant.now().isBefore(end)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      return scheduler.getCurrentlyExecutingJobs().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static OpsException failed(SchedulerException e) {
    return new OpsException(
        ErrorKind.INTERNAL,
        "schedule",
        "the schedule failed: " + e.getMessage(),
        "report this with the output of -v",
        e);
  }
}
