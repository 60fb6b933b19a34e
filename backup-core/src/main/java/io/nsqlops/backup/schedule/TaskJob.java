package io.nsqlops.backup.schedule;

import java.util.Objects;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** What Quartz runs: the task's action. Public because Quartz makes it by reflection. */
@DisallowConcurrentExecution
public final class TaskJob implements Job {
  static final String ACTION = "action";

  @Override
  public void execute(JobExecutionContext context) {
    ((Runnable) Objects.requireNonNull(context.getMergedJobDataMap().get(ACTION))).run();
  }
}
