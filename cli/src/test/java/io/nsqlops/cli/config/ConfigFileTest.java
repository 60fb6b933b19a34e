package io.nsqlops.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.config.RepositoryUri;
import io.nsqlops.backup.config.TaskKind;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  /** The example of the documentation, word for word. */
  private static final String DOCUMENTED =
      """
      cluster: shop                                  # names the cluster in catalogue, metrics, data streams
      source: tidb://backup@tidb.db:4000             # as --source
      repository: s3://backups/shop?region=eu-west-1 # as --repo
      secrets: { db-password: file:/etc/nsql-ops/db, passphrase: env:NSQL_OPS_PASSPHRASE }
      schedule:
        - { task: backup, cron: "0 2 * * *", time-zone: Asia/Shanghai }
        - { task: prune,  cron: "30 3 * * *", keep: { last: 7, daily: 30, monthly: 12 } }
      logs:
        state-directory: /var/lib/nsql-ops
        sources:
          - { paths: ["/var/log/pods/*/*/*.log"], envelope: cri, format: auto }
          - { paths: ["/data/log/*.log"], format: tidb, time-zone: "+08:00", dataset: tidb.server }
        elasticsearch: { urls: ["https://es:9200"], api-key: file:/etc/nsql-ops/es, ca: /etc/nsql-ops/ca.pem }
      """;

  @TempDir Path directory;

  @Test
  void readsTheDocumentedFile() throws IOException {
    Configuration configuration = ConfigFile.read(file(DOCUMENTED));

    assertThat(configuration.backup().cluster()).isEqualTo("shop");
    assertThat(configuration.backup().repository())
        .hasValue(new RepositoryUri("s3://backups/shop?region=eu-west-1"));
    assertThat(configuration.backup().schedule())
        .extracting(task -> task.kind())
        .containsExactly(TaskKind.BACKUP, TaskKind.PRUNE);
    assertThat(configuration.logs())
        .hasValueSatisfying(
            logs -> {
              assertThat(logs.namespace()).isEqualTo("shop");
              assertThat(logs.sources()).hasSize(2);
            });
    assertThat(configuration.kubernetes().namespace()).isEqualTo("nsql-ops");
    assertThat(configuration.kubernetes().logShipper().namespace()).isEqualTo("nsql-ops-logs");
    assertThat(configuration.document().has("logs")).isTrue();
  }

  @Test
  void readsEveryKubernetesKey() throws IOException {
    Configuration configuration =
        ConfigFile.read(
            file(
                """
                cluster: shop
                kubernetes:
                  namespace: ops
                  image: registry.local:5000/nsql-ops:1.0
                  image-pull-policy: Always
                  image-pull-secrets: [pull]
                  secret: shop-secrets
                  service-account:
                    annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/backup" }
                  pod-labels: { azure.workload.identity/use: "true" }
                  storage: { claim: disk, size: 100Gi, storage-class: fast, access-mode: ReadWriteMany, s3-secret: s3 }
                  jobs:
                    resources: { cpu: 500m, memory: 1Gi, cpu-limit: "2" }
                    node-selector: { pool: batch }
                    tolerations: [{ key: batch, operator: Exists, effect: NoSchedule }]
                    priority-class: low
                    active-deadline-seconds: 7200
                    starting-deadline-seconds: 600
                    backoff-limit: 1
                    successful-jobs-history: 1
                    failed-jobs-history: 5
                    suspend: true
                  log-shipper:
                    namespace: ops-logs
                    secret: es
                    resources: { memory: 256Mi }
                    tolerations: []
                    priority-class: system-node-critical
                  network-policy: true
                """));

    var kubernetes = configuration.kubernetes();
    assertThat(kubernetes.secret()).hasValue("shop-secrets");
    assertThat(kubernetes.serviceAccountAnnotations())
        .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/backup");
    assertThat(kubernetes.storage().s3Secret()).hasValue("s3");
    assertThat(kubernetes.jobs().resources().cpuLimit()).isEqualTo("2");
    assertThat(kubernetes.jobs().placement().tolerations()).hasSize(1);
    assertThat(kubernetes.jobs().backoffLimit()).isEqualTo(1);
    assertThat(kubernetes.jobs().suspend()).isTrue();
    assertThat(kubernetes.logShipper().resources().cpu()).isEqualTo("100m");
    assertThat(kubernetes.logShipper().placement().tolerations()).isEmpty();
    assertThat(kubernetes.networkPolicy()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n"})
  void anEmptyFileIsAllDefaults(String content) throws IOException {
    Configuration configuration = ConfigFile.read(file(content));

    assertThat(configuration.backup().cluster()).isEqualTo("default");
    assertThat(configuration.logs()).isEmpty();
  }

  @Test
  void reportsTheProblemsOfEverySectionTogetherEachOnce() throws IOException {
    OpsException problem =
        refusal(
            """
            cluster: Shop!
            sourc: mysql://u@h
            secrets: { db-password: hunter2 }
            schedule:
              - { task: backup, corn: "0 2 * * *" }
              - { task: prune, cron: "0 2 * * 7", keep: { lats: 7 } }
            logs:
              sources: [{ paths: ["/var/log/*.log"], fromat: tidb }]
              elasticsearch: { urls: ["https://es:9200"], api-key: plain }
            kubernetes:
              namespace: Ops
              jobs: { backoff-limit: -1, resources: { memory: lots } }
              log-shipper: { tolerations: [{ operator: Exists, value: x }] }
            """);

    assertThat(problem.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(problem.getMessage())
        .startsWith("15 problems in the configuration file " + problem.object() + ":");
    assertThat(paths(problem))
        .containsExactlyInAnyOrder(
            "cluster",
            "sourc",
            "source",
            "repository",
            "secrets.db-password",
            "schedule[0].corn",
            "schedule[0].cron",
            "schedule[1].cron",
            "schedule[1].keep",
            "logs.sources[0].fromat",
            "logs.elasticsearch.api-key",
            "kubernetes.namespace",
            "kubernetes.jobs.backoff-limit",
            "kubernetes.jobs.resources.memory",
            "kubernetes.log-shipper.tolerations[0]");
    assertThat(problem.getMessage()).doesNotContain("hunter2").doesNotContain("plain");
  }

  @Test
  void theLogShipperNeedsItsOwnNamespace() throws IOException {
    assertThat(paths(refusal("kubernetes: { namespace: ops, log-shipper: { namespace: ops } }")))
        .containsExactly("kubernetes.log-shipper.namespace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secrets:\n  passphrase: 'hunter2",
        "secrets: [hunter2\nb: c",
        "a: \thunter2",
        "cluster: hunter2\ncluster: b",
        "cluster: a\n---\ncluster: hunter2",
        "- hunter2",
        "hunter2"
      })
  void whatIsNoMappingOfUniqueKeysIsRefusedWithoutQuotingIt(String content) throws IOException {
    OpsException problem = refusal(content);

    assertThat(problem.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(problem.object()).endsWith("nsql-ops.yaml");
    assertThat(problem)
        .hasMessageContaining(problem.object())
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void aSyntaxErrorNamesItsLine() throws IOException {
    assertThat(refusal("cluster: shop\nsecrets: [a\nb: c"))
        .hasMessageContaining("line 3")
        .hasMessageContaining("expected ',' or ']'");
  }

  @Test
  void aMissingFileIsAUsageError() {
    OpsException problem =
        catchThrowableOfType(
            OpsException.class, () -> ConfigFile.read(directory.resolve("none.yaml")));

    assertThat(problem.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(problem.object()).endsWith("none.yaml");
    assertThat(problem).hasMessageContaining(problem.object());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("nsql-ops.yaml"), content);
  }

  private OpsException refusal(String content) throws IOException {
    Path file = file(content);
    OpsException problem = catchThrowableOfType(OpsException.class, () -> ConfigFile.read(file));
    assertThat(problem).as(content).isNotNull();
    return problem;
  }

  private static List<String> paths(OpsException problem) {
    return String.valueOf(problem.getMessage())
        .lines()
        .skip(1)
        .map(line -> line.strip().split(": ", 2)[0])
        .toList();
  }
}
