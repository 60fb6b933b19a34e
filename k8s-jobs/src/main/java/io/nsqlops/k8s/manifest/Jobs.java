package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.nsqlops.backup.config.ScheduleTask;
import io.nsqlops.backup.config.TaskKind;
import io.nsqlops.k8s.config.JobOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The CronJobs of the schedule and the Job of a restore. */
final class Jobs {
  private final Installation installation;
  private final JobPods pods;

  Jobs(Installation installation) {
    this.installation = installation;
    this.pods = new JobPods(installation);
  }

  /** One CronJob for each line of the schedule; the second of a kind is numbered. */
  List<CronJob> schedule() {
    List<CronJob> cronJobs = new ArrayList<>();
    Map<TaskKind, Integer> seen = new EnumMap<>(TaskKind.class);
    for (ScheduleTask task : installation.backup().schedule()) {
      int number = seen.merge(task.kind(), 1, Integer::sum);
      String command = task.kind().command();
      String name = installation.name(number == 1 ? command : command + "-" + number);
      cronJobs.add(cronJob(name, task));
    }
    return cronJobs;
  }

  private CronJob cronJob(String name, ScheduleTask task) {
    JobOptions options = installation.kubernetes().jobs();
    String component = task.kind().command();
    PodTemplateSpec pod =
        pods.template(
            component, installation.name(Surroundings.BACKUP_ACCOUNT), task.commandLine());
    return new CronJobBuilder()
        .withMetadata(installation.metadata(installation.jobsNamespace(), name, component))
        .withNewSpec()
        .withSchedule(task.cron().expression())
        .withTimeZone(task.timeZone().getId())
        .withConcurrencyPolicy("Forbid")
        // Without a deadline, 100 missed starts switch a CronJob off for good.
        .withStartingDeadlineSeconds((long) options.startingDeadlineSeconds())
        .withSuccessfulJobsHistoryLimit(options.successfulJobsHistory())
        .withFailedJobsHistoryLimit(options.failedJobsHistory())
        .withSuspend(options.suspend())
        .withNewJobTemplate()
        .withNewMetadata()
        .withLabels(installation.labels(component))
        .endMetadata()
        .withSpec(jobSpec(pod, options).build())
        .endJobTemplate()
        .endSpec()
        .build();
  }

  Job restore(RestoreRequest request) {
    PodTemplateSpec pod =
        pods.template(
            "restore", installation.name(Surroundings.RESTORE_ACCOUNT), request.commandLine());
    JobSpec spec =
        jobSpec(pod, installation.kubernetes().jobs()).withSuspend(request.suspended()).build();
    return new JobBuilder()
        .withMetadata(
            installation.metadata(
                installation.jobsNamespace(), installation.name("restore"), "restore"))
        .withSpec(spec)
        .build();
  }

  private static JobSpecBuilder jobSpec(PodTemplateSpec pod, JobOptions options) {
    return new JobSpecBuilder()
        .withBackoffLimit(options.backoffLimit())
        .withActiveDeadlineSeconds((long) options.activeDeadlineSeconds())
        .withPodFailurePolicy(FailurePolicy.byExitCode())
        // The next pod waits until the last one is gone: two never run at once.
        .withPodReplacementPolicy("Failed")
        .withTemplate(pod);
  }
}
