package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.config.BackupConfigBinder;
import io.nsqlops.backup.config.ConfigNode;
import io.nsqlops.backup.config.ConfigProblems;
import io.nsqlops.k8s.config.KubernetesConfig;
import io.nsqlops.k8s.config.KubernetesConfigBinder;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Installations for tests, made from configuration files as users write them. */
public final class Installations {
  /** The example of the documentation. */
  public static final String DOCUMENTED =
      """
      cluster: shop
      source: tidb://backup@tidb.db:4000
      repository: s3://backups/shop?region=eu-west-1
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

  /** A directory repository and every key of the kubernetes section. */
  public static final String EVERYTHING =
      """
      cluster: a-name-that-has-32-characters-ok
      source: mysql://root@db
      repository: /backups
      schedule:
        - { task: backup, cron: "*/15 * * * MON-FRI", include: ["shop.*"], threads: 2 }
        - { task: backup, cron: "0 0 1 JAN *" }
        - { task: verify, cron: "0 5 * * 0", budget: 5GiB }
        - { task: prune, cron: "0 6 * * *", keep: { yearly: 1 } }
      logs:
        sources: [{ paths: ["/var/log/pods/*/*/*.log", "/var/log/mysql/*.log"] }]
        elasticsearch: { urls: ["http://es:9200"], username: elastic, password: env:ES_PASSWORD }
      kubernetes:
        namespace: ops
        image: registry.local:5000/nsql-ops:1.0
        image-pull-policy: Always
        image-pull-secrets: [pull]
        secret: shop-secrets
        service-account: { annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/b" } }
        pod-labels: { azure.workload.identity/use: "true" }
        storage: { size: 100Gi, storage-class: fast, access-mode: ReadWriteMany, s3-secret: s3 }
        jobs:
          resources: { cpu: 500m, memory: 1Gi, cpu-limit: "2" }
          node-selector: { pool: batch }
          tolerations: [{ key: batch, value: "yes", effect: NoSchedule }]
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
        network-policy: true
      """;

  private Installations() {}

  /** Binds a file that must have no problem. */
  public static Installation of(String yaml) {
    JsonNode document = Serialization.unmarshal(yaml, JsonNode.class);
    ConfigProblems problems = new ConfigProblems();
    ConfigNode root = ConfigNode.root(document, problems);
    BackupConfig backup = BackupConfigBinder.bind(root);
    KubernetesConfig kubernetes = KubernetesConfigBinder.bind(root);
    problems.throwIfAny("test");
    return new Installation(backup, kubernetes, document);
  }

  /** The objects of one type, in the order rendered. */
  public static <T extends HasMetadata> List<T> render(String yaml, Class<T> type) {
    return Manifests.render(of(yaml)).stream().filter(type::isInstance).map(type::cast).toList();
  }
}
