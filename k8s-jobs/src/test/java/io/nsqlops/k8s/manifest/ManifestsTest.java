package io.nsqlops.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManifestsTest {

  @Test
  void rendersTheWholeInstallationInAnOrderThatCanBeApplied() {
    assertThat(describe(Installations.DOCUMENTED))
        .containsExactly(
            "Namespace nsql-ops",
            "Namespace nsql-ops-logs",
            "ServiceAccount nsql-ops/nsql-ops-shop-backup",
            "ServiceAccount nsql-ops/nsql-ops-shop-restore",
            "ConfigMap nsql-ops/nsql-ops-shop-config",
            "CronJob nsql-ops/nsql-ops-shop-backup",
            "CronJob nsql-ops/nsql-ops-shop-prune",
            "Job nsql-ops/nsql-ops-shop-restore",
            "ServiceAccount nsql-ops-logs/nsql-ops-shop-logs",
            "ConfigMap nsql-ops-logs/nsql-ops-shop-logs-config",
            "DaemonSet nsql-ops-logs/nsql-ops-shop-logs");
  }

  @Test
  void rendersOnlyWhatTheFileAsksFor() {
    assertThat(describe("logs: { sources: [] }"))
        .containsExactly(
            "Namespace nsql-ops-logs",
            "ServiceAccount nsql-ops-logs/nsql-ops-default-logs",
            "ConfigMap nsql-ops-logs/nsql-ops-default-logs-config",
            "DaemonSet nsql-ops-logs/nsql-ops-default-logs");
    assertThat(describe("source: mysql://u@h\nrepository: s3://b"))
        .contains("Job nsql-ops/nsql-ops-default-restore")
        .noneMatch(object -> object.startsWith("CronJob") || object.startsWith("DaemonSet"));
    assertThat(describe("cluster: shop")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Installations.DOCUMENTED, Installations.EVERYTHING})
  void namesFitAndAreUniqueAndLabelled(String yaml) {
    List<HasMetadata> objects = Manifests.render(Installations.of(yaml));

    assertThat(describe(yaml)).doesNotHaveDuplicates();
    assertThat(objects)
        .allSatisfy(
            object -> {
              // A CronJob leaves 11 characters for what its Jobs add.
              assertThat(object.getMetadata().getName())
                  .hasSizeLessThanOrEqualTo(object instanceof CronJob ? 52 : 63);
              assertThat(object.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/managed-by", "nsql-ops");
            });
  }

  @Test
  void theNamespacesEnforceWhatTheirPodsNeed() {
    List<Namespace> namespaces = Installations.render(Installations.DOCUMENTED, Namespace.class);

    assertThat(namespaces.get(0).getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
        .containsEntry("pod-security.kubernetes.io/enforce-version", "latest")
        .containsEntry("pod-security.kubernetes.io/warn", "restricted");
    assertThat(namespaces.get(1).getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "privileged");
  }

  @Test
  void accountsCarryTheCloudIdentityAndNoToken() {
    assertThat(Installations.render(Installations.EVERYTHING, ServiceAccount.class))
        .hasSize(3)
        .allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken()).isFalse())
        .filteredOn(account -> "ops".equals(account.getMetadata().getNamespace()))
        .hasSize(2)
        .allSatisfy(
            account ->
                assertThat(account.getMetadata().getAnnotations())
                    .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/b"));
  }

  @Test
  void aClaimIsCreatedWhereASizeIsGiven() {
    PersistentVolumeClaim claim =
        Installations.render(Installations.EVERYTHING, PersistentVolumeClaim.class).get(0);

    assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
    assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
    assertThat(claim.getSpec().getResources().getRequests().get("storage")).hasToString("100Gi");
    assertThat(
            Installations.render(
                Installations.EVERYTHING.replace("size: 100Gi, storage-class: fast,", ""),
                PersistentVolumeClaim.class))
        .isEmpty();
  }

  @Test
  void aNetworkPolicyAllowsDnsTheDatabaseAndTheStore() {
    assertThat(ports("")).containsExactly("UDP 53", "TCP 53", "TCP 4000", "TCP 443");
    assertThat(ports("&endpoint=http://minio:9000"))
        .containsExactly("UDP 53", "TCP 53", "TCP 4000", "TCP 9000", "TCP 443");
    assertThat(Installations.render(Installations.DOCUMENTED, NetworkPolicy.class)).isEmpty();
  }

  private static List<String> ports(String query) {
    String yaml =
        Installations.DOCUMENTED.replace("eu-west-1", "eu-west-1" + query)
            + "kubernetes: { network-policy: true }\n";
    NetworkPolicy policy = Installations.render(yaml, NetworkPolicy.class).get(0);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getIngress()).isEmpty();
    return policy.getSpec().getEgress().get(0).getPorts().stream()
        .map(port -> port.getProtocol() + " " + port.getPort().getIntVal())
        .toList();
  }

  @Test
  void theStoresCertificatesComeOutOfTheSecret() {
    String yaml = Installations.DOCUMENTED.replace("eu-west-1", "eu-west-1&ca=/home/me/ca.pem&x=y");

    ConfigMap jobs = Installations.render(yaml, ConfigMap.class).get(0);
    CronJob backup = Installations.render(yaml, CronJob.class).get(0);

    assertThat(jobs.getData().get("nsql-ops.yaml"))
        .contains("?region=eu-west-1&ca=/etc/nsql-ops/secrets/repository-ca&x=y");
    assertThat(backup.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .flatExtracting(volume -> volume.getSecret().getItems())
        .extracting(KeyToPath::getKey)
        .contains("repository-ca");
  }

  @Test
  void theConfigMapsAreConfigurationFiles() {
    ConfigMap jobs = Installations.render(Installations.DOCUMENTED, ConfigMap.class).get(0);

    JsonNode file = Serialization.unmarshal(jobs.getData().get("nsql-ops.yaml"), JsonNode.class);
    assertThat(file.path("source").asString()).isEqualTo("tidb://backup@tidb.db:4000");
    assertThat(file.path("secrets").path("passphrase").asString())
        .isEqualTo("file:/etc/nsql-ops/secrets/passphrase");
  }

  @Test
  void printsOneDocumentForEachObjectThatReadsBackTheSame() {
    List<HasMetadata> objects = Manifests.render(Installations.of(Installations.EVERYTHING));

    String stream = ManifestPrinter.print(objects);

    assertThat(stream).startsWith("---\n").endsWith("\n");
    List<String> documents = List.of(stream.substring(4).split("(?m)^---\n", -1));
    assertThat(documents).hasSameSizeAs(objects);
    for (int i = 0; i < objects.size(); i++) {
      HasMetadata read = Serialization.unmarshal(documents.get(i), objects.get(i).getClass());
      assertThat(read.getKind()).isEqualTo(objects.get(i).getKind());
      assertThat(Serialization.asYaml(read)).isEqualTo("---\n" + documents.get(i));
    }
    assertThat(stream).contains("memory: \"1Gi\"").contains("maxUnavailable: \"10%\"");
  }

  private static List<String> describe(String yaml) {
    return Manifests.render(Installations.of(yaml)).stream()
        .map(
            object -> {
              String namespace = object.getMetadata().getNamespace();
              return object.getKind()
                  + " "
                  + (namespace == null ? "" : namespace + "/")
                  + object.getMetadata().getName();
            })
        .toList();
  }
}
