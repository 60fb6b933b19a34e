package io.nsqlops.demo;

import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * A task on a Quartz schedule that is let go one firing at a time, so that something can happen
 * between two of them.
 */
final class ScheduledBackups implements AutoCloseable {
  private static final String SELF = "self";

  private final Runnable task;
  private final Scheduler scheduler;
  private final Semaphore allowed = new Semaphore(0);
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private volatile @Nullable Thread running;

  private record Outcome(@Nullable RuntimeException failure) {}

  private ScheduledBackups(Runnable task, Scheduler scheduler) {
    this.task = task;
    this.scheduler = scheduler;
  }

  /**
   * Schedules the task.
   *
   * @param cron with seconds, as Quartz writes it
   */
  static ScheduledBackups start(String cron, Runnable task) throws SchedulerException {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", "demo");
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    Scheduler scheduler = new StdSchedulerFactory(settings).getScheduler();
    ScheduledBackups backups = new ScheduledBackups(task, scheduler);
    JobDataMap data = new JobDataMap();
    data.put(SELF, backups);
    JobDetail job = JobBuilder.newJob(Firing.class).setJobData(data).build();
    CronScheduleBuilder times = CronScheduleBuilder.cronSchedule(cron);
    scheduler.scheduleJob(
        job,
        TriggerBuilder.newTrigger()
            .withSchedule(times.withMisfireHandlingInstructionDoNothing())
            .build());
    scheduler.start();
    return backups;
  }

  /** Lets the next firing run the task; returns when it has, and throws what it threw. */
  void awaitNext() throws InterruptedException {
    allowed.release();
    RuntimeException failure = outcomes.take().failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** What Quartz runs. */
  @DisallowConcurrentExecution
  public static final class Firing implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Objects.requireNonNull((ScheduledBackups) context.getMergedJobDataMap().get(SELF)).fired();
    }
  }

  private void fired() {
    if (!allowed.tryAcquire()) {
      return;
    }
    running = Thread.currentThread();
    try {
      task.run();
      outcomes.add(new Outcome(null));
    } catch (RuntimeException e) {
      outcomes.add(new Outcome(e));
    } finally {
      running = null;
    }
  }

  @Override
  public void close() throws SchedulerException {
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
    }
    scheduler.shutdown(false);
  }
}
