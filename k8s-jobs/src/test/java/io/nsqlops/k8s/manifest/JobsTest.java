package io.nsqlops.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsTest {

  @Test
  void eachLineOfTheScheduleIsACronJobOfItsTime() {
    CronJob backup = cronJobs(Installations.DOCUMENTED).get(0);

    assertThat(backup.getSpec().getSchedule()).isEqualTo("0 2 * * *");
    assertThat(backup.getSpec().getTimeZone()).isEqualTo("Asia/Shanghai");
    assertThat(backup.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(backup.getSpec().getStartingDeadlineSeconds()).isEqualTo(3600);
    assertThat(backup.getSpec().getSuspend()).isFalse();
    assertThat(cronJobs(Installations.EVERYTHING))
        .extracting(cronJob -> cronJob.getMetadata().getName())
        .containsExactly(
            "nsql-ops-a-name-that-has-32-characters-ok-backup",
            "nsql-ops-a-name-that-has-32-characters-ok-backup-2",
            "nsql-ops-a-name-that-has-32-characters-ok-verify",
            "nsql-ops-a-name-that-has-32-characters-ok-prune");
  }

  @Test
  void theCommandIsTheTasksWithTheMountedFile() {
    assertThat(cronJobs(Installations.DOCUMENTED))
        .extracting(cronJob -> container(cronJob).getArgs())
        .containsExactly(
            List.of("backup", "--config=/etc/nsql-ops/config/nsql-ops.yaml"),
            List.of(
                "prune",
                "--keep-last=7",
                "--keep-daily=30",
                "--keep-monthly=12",
                "--config=/etc/nsql-ops/config/nsql-ops.yaml"));
  }

  @Test
  void failedPodsAreJudgedByTheirExitCode() {
    JobSpec job = jobSpec(cronJobs(Installations.DOCUMENTED).get(0));

    List<PodFailurePolicyRule> rules = job.getPodFailurePolicy().getRules();
    assertThat(rules)
        .extracting(PodFailurePolicyRule::getAction)
        .containsExactly("FailJob", "Ignore");
    assertThat(rules.get(0).getOnExitCodes().getOperator()).isEqualTo("In");
    assertThat(rules.get(0).getOnExitCodes().getValues()).containsExactly(2, 3, 4, 10, 12);
    assertThat(rules.get(1).getOnPodConditions().get(0).getType()).isEqualTo("DisruptionTarget");
    assertThat(job.getBackoffLimit()).isEqualTo(2);
    assertThat(job.getPodReplacementPolicy()).isEqualTo("Failed");
    assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
  }

  @Test
  void optionsReachTheObjects() {
    CronJob backup = cronJobs(Installations.EVERYTHING).get(0);
    PodSpec pod = pod(backup);

    assertThat(backup.getSpec().getSuspend()).isTrue();
    assertThat(backup.getSpec().getFailedJobsHistoryLimit()).isEqualTo(5);
    assertThat(jobSpec(backup).getActiveDeadlineSeconds()).isEqualTo(7200);
    assertThat(jobSpec(backup).getBackoffLimit()).isEqualTo(1);
    assertThat(pod.getNodeSelector()).containsEntry("pool", "batch");
    assertThat(pod.getTolerations().get(0).getKey()).isEqualTo("batch");
    assertThat(pod.getTolerations().get(0).getValue()).isEqualTo("yes");
    assertThat(pod.getTolerations().get(0).getEffect()).isEqualTo("NoSchedule");
    assertThat(pod.getImagePullSecrets().get(0).getName()).isEqualTo("pull");
    assertThat(container(backup).getImage()).isEqualTo("registry.local:5000/nsql-ops:1.0");
    assertThat(container(backup).getResources().getLimits().get("cpu")).hasToString("2");
    assertThat(container(backup).getResources().getRequests().get("memory")).hasToString("1Gi");
    assertThat(backup.getSpec().getJobTemplate().getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("azure.workload.identity/use", "true")
        .containsEntry("app.kubernetes.io/component", "backup");
  }

  @Test
  void thePodHasNoRightsAndOneWritablePlace() {
    PodSpec pod = pod(cronJobs(Installations.DOCUMENTED).get(0));
    Container container = pod.getContainers().get(0);

    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/tmp");
  }

  @Test
  void secretsComeAsFilesOfTheKeysInUse() {
    PodSpec pod = pod(cronJobs(Installations.DOCUMENTED).get(0));

    Volume secrets = volume(pod, "secrets");
    assertThat(secrets.getSecret().getSecretName()).isEqualTo("nsql-ops-shop");
    assertThat(secrets.getSecret().getItems())
        .extracting(KeyToPath::getKey)
        .containsExactly("db-password", "passphrase");
    assertThat(pod.getContainers().get(0).getEnv())
        .allSatisfy(variable -> assertThat(variable.getValueFrom()).isNull());
    assertThat(pod(cronJobs(Installations.EVERYTHING).get(0)).getVolumes())
        .extracting(Volume::getName)
        .doesNotContain("secrets");
  }

  @Test
  void theRepositoryIsAClaimOrTheStoresCredentials() {
    PodSpec pod = pod(cronJobs(Installations.EVERYTHING).get(0));

    assertThat(volume(pod, "repository").getPersistentVolumeClaim().getClaimName())
        .isEqualTo("nsql-ops-a-name-that-has-32-characters-ok-repository");
    assertThat(volume(pod, "s3").getSecret().getSecretName()).isEqualTo("s3");
    assertThat(pod.getContainers().get(0).getEnv())
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("AWS_SHARED_CREDENTIALS_FILE");
              assertThat(variable.getValue()).isEqualTo("/etc/nsql-ops/s3/credentials");
            });
    assertThat(pod(cronJobs(Installations.DOCUMENTED).get(0)).getVolumes())
        .extracting(Volume::getName)
        .containsExactly("tmp", "config", "secrets");
  }

  @Test
  void theHeapIsAShareOfTheMemory() {
    assertThat(container(cronJobs(Installations.DOCUMENTED).get(0)).getEnv())
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("NSQL_OPS_HEAP");
              assertThat(variable.getValue()).isEqualTo("1433m");
            });
  }

  @Test
  void theRestoreJobWaitsAndNeverOverwrites() {
    Job job = Installations.render(Installations.DOCUMENTED, Job.class).get(0);

    assertThat(job.getSpec().getSuspend()).isTrue();
    assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName())
        .isEqualTo("nsql-ops-shop-restore");
    assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .containsExactly(
            "restore",
            "latest",
            "--target=tidb://backup@tidb.db:4000",
            "--existing=fail",
            "--config=/etc/nsql-ops/config/nsql-ops.yaml");
  }

  @Test
  void aRestoreOfAnotherBackupIsAJobOfItsOwn() {
    Job job =
        (Job)
            Manifests.restoreJob(
                Installations.of(Installations.DOCUMENTED),
                new RestoreRequest("20261124", "mysql://root@scratch", false));

    assertThat(job.getSpec().getSuspend()).isFalse();
    assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .contains("20261124", "--target=mysql://root@scratch");
  }

  private static List<CronJob> cronJobs(String yaml) {
    return Installations.render(yaml, CronJob.class);
  }

  private static JobSpec jobSpec(CronJob cronJob) {
    return cronJob.getSpec().getJobTemplate().getSpec();
  }

  private static PodSpec pod(CronJob cronJob) {
    return jobSpec(cronJob).getTemplate().getSpec();
  }

  private static Container container(CronJob cronJob) {
    return pod(cronJob).getContainers().get(0);
  }

  private static Volume volume(PodSpec pod, String name) {
    return pod.getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
