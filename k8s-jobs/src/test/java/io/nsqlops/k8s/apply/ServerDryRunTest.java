package io.nsqlops.k8s.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nsqlops.backup.config.UnixCron;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.k8s.manifest.Installations;
import io.nsqlops.k8s.manifest.Manifests;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.kubernetes.KubeApiServer;
import io.nsqlops.testbeds.process.FreePorts;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendered objects before the admission chain of a real API server. */
@NeedsBed(Bed.KUBERNETES)
class ServerDryRunTest {
  @TempDir static Path directory;

  private static KubeApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start(directory);
    client = client(server.kubeconfig());
    // A dry run creates neither the namespaces nor the accounts that other objects refer to.
    for (String yaml : List.of(Installations.DOCUMENTED, Installations.EVERYTHING)) {
      for (HasMetadata object : Manifests.render(Installations.of(yaml))) {
        if (object instanceof Namespace || object instanceof ServiceAccount) {
          client.resource(object).create();
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Installations.DOCUMENTED, Installations.EVERYTHING})
  void everyRenderedObjectIsAccepted(String yaml) {
    List<HasMetadata> objects = Manifests.render(Installations.of(yaml));

    assertThat(objects).hasSizeGreaterThan(8);
    assertThat(new ServerDryRun(client).check(objects)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Installations.DOCUMENTED, Installations.EVERYTHING})
  void podsOfEveryTemplateAreAdmittedWhereTheyWillRun(String yaml) {
    List<Pod> pods = new ArrayList<>();
    for (CronJob cronJob : Installations.render(yaml, CronJob.class)) {
      pods.add(pod(cronJob, cronJob.getSpec().getJobTemplate().getSpec().getTemplate()));
    }
    for (Job job : Installations.render(yaml, Job.class)) {
      pods.add(pod(job, job.getSpec().getTemplate()));
    }
    for (DaemonSet daemonSet : Installations.render(yaml, DaemonSet.class)) {
      pods.add(pod(daemonSet, daemonSet.getSpec().getTemplate()));
    }

    assertThat(pods).hasSizeGreaterThan(3);
    assertThat(new ServerDryRun(client).check(pods)).isEmpty();
  }

  @Test
  void theJobsNamespaceRefusesWhatIsNotRestricted() {
    CronJob cronJob = Installations.render(Installations.DOCUMENTED, CronJob.class).get(0);
    PodTemplateSpec template = cronJob.getSpec().getJobTemplate().getSpec().getTemplate();
    Pod lax =
        new PodBuilder(pod(cronJob, template))
            .editSpec()
            .withSecurityContext(null)
            .endSpec()
            .build();
    DaemonSet shipper = Installations.render(Installations.DOCUMENTED, DaemonSet.class).get(0);
    Pod reader =
        new PodBuilder(pod(shipper, shipper.getSpec().getTemplate()))
            .editMetadata()
            .withNamespace("nsql-ops")
            .endMetadata()
            .editSpec()
            .withServiceAccountName("nsql-ops-shop-backup")
            .endSpec()
            .build();

    List<Refusal> refusals =
        new ServerDryRun(client).check(List.of(lax, pod(cronJob, template), reader));

    assertThat(refusals)
        .hasSize(2)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.status()).isEqualTo(403);
              assertThat(refusal.reason()).contains("violates PodSecurity \"restricted:latest\"");
            });
    assertThat(refusals.get(0).object()).isEqualTo("Pod nsql-ops/nsql-ops-shop-backup");
    assertThat(refusals.get(0).reason()).contains("runAsNonRoot", "seccompProfile");
    assertThat(refusals.get(1).reason()).contains("hostPath", "DAC_READ_SEARCH");
  }

  @Test
  void unknownFieldsBadValuesAndMissingNamespacesAreRefused() {
    ConfigMap unknownField = configMap("nsql-ops");
    unknownField.setAdditionalProperty("dota", "x");
    CronJob badSchedule = cronJob("0 2 * * 7", "UTC");
    ConfigMap nowhere = configMap("no-such-namespace");

    List<Refusal> refusals =
        new ServerDryRun(client)
            .check(List.of(unknownField, configMap("nsql-ops"), badSchedule, nowhere));

    assertThat(refusals)
        .extracting(Refusal::object)
        .containsExactly(
            "ConfigMap nsql-ops/some",
            "CronJob nsql-ops/nsql-ops-shop-backup",
            "ConfigMap no-such-namespace/some");
    assertThat(refusals.get(0).reason()).contains("dota");
    assertThat(refusals.get(1).reason()).contains("spec.schedule");
    assertThat(refusals.get(2).status()).isEqualTo(404);
  }

  @Test
  void nothingIsStored() {
    new ServerDryRun(client).check(Manifests.render(Installations.of(Installations.DOCUMENTED)));

    assertThat(client.batch().v1().cronjobs().inAnyNamespace().list().getItems()).isEmpty();
    assertThat(client.apps().daemonSets().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void aUserWithoutRightsIsToldSo() {
    try (KubernetesClient visitor = client(server.visitorKubeconfig())) {
      List<Refusal> refusals = new ServerDryRun(visitor).check(List.of(configMap("nsql-ops")));

      assertThat(refusals).hasSize(1);
      assertThat(refusals.get(0).status()).isEqualTo(403);
      assertThat(refusals.get(0).reason()).contains("\"visitor\"");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsATransientError() {
    Config nobody =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:" + FreePorts.next())
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient unanswered = new KubernetesClientBuilder().withConfig(nobody).build()) {
      ServerDryRun dryRun = new ServerDryRun(unanswered);

      OpsException problem =
          catchThrowableOfType(
              OpsException.class, () -> dryRun.check(List.of(configMap("nsql-ops"))));

      assertThat(problem.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(problem.object()).contains("127.0.0.1");
      assertThat(problem).hasMessageContaining("does not answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "*/15 * * * *",
        "0 2 * * MON-FRI",
        "0 0 1 jan *",
        "5,35 0-6/2 1 1-6 0",
        "0-59/7 1,2,3 31 12 sun",
        "59 23 31 DEC SAT"
      })
  void theClusterReadsTheCronExpressionsThatWeAccept(String expression) {
    assertThat(
            new ServerDryRun(client)
                .check(List.of(cronJob(new UnixCron(expression).expression(), "UTC"))))
        .isEmpty();
  }

  @Test
  void theClusterKnowsTheTimeZonesThatWeAccept() {
    List<CronJob> cronJobs =
        ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .sorted()
            .map(zone -> cronJob("0 2 * * *", zone))
            .toList();

    assertThat(cronJobs).hasSizeGreaterThan(300);
    assertThat(new ServerDryRun(client).check(cronJobs)).isEmpty();
  }

  private static CronJob cronJob(String schedule, String zone) {
    return new CronJobBuilder(Installations.render(Installations.DOCUMENTED, CronJob.class).get(0))
        .editSpec()
        .withSchedule(schedule)
        .withTimeZone(zone)
        .endSpec()
        .build();
  }

  private static ConfigMap configMap(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("some")
        .endMetadata()
        .addToData("key", "value")
        .build();
  }

  /** A bare pod of a template: Pod Security refuses pods, and only warns of what makes them. */
  private static Pod pod(HasMetadata owner, PodTemplateSpec template) {
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .editMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(owner.getMetadata().getName())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  private static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }
}
