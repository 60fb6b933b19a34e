package io.nsqlops.k8s.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.nsqlops.backup.config.ConfigNode;
import io.nsqlops.backup.config.ConfigProblem;
import io.nsqlops.backup.config.ConfigProblems;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KubernetesConfigBinderTest {
  private final ConfigProblems problems = new ConfigProblems();

  @Test
  void everyKeyHasADefault() {
    KubernetesConfig config = bind("cluster: shop");

    assertThat(problems.list()).isEmpty();
    assertThat(config.namespace()).isEqualTo("nsql-ops");
    assertThat(config.image()).isEqualTo("nsql-ops:latest");
    assertThat(config.imagePullPolicy()).isEqualTo("IfNotPresent");
    assertThat(config.secret()).isEmpty();
    assertThat(config.jobs().resources()).isEqualTo(new ResourceNeeds("1", "2Gi", null));
    assertThat(config.jobs().activeDeadlineSeconds()).isEqualTo(43_200);
    assertThat(config.jobs().placement().tolerations()).isEmpty();
    assertThat(config.logShipper().namespace()).isEqualTo("nsql-ops-logs");
    assertThat(config.logShipper().placement().tolerations())
        .containsExactly(TolerationRule.EVERYTHING);
    assertThat(config.networkPolicy()).isFalse();
  }

  @Test
  void theLogShippersNamespaceFollowsTheJobs() {
    assertThat(bind("kubernetes: { namespace: ops }").logShipper().namespace())
        .isEqualTo("ops-logs");
    String longest = "n".repeat(63);
    assertThat(bind("kubernetes: { namespace: " + longest + " }").logShipper().namespace())
        .hasSize(63)
        .endsWith("-logs");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void wrongValuesAreProblemsAtTheirPaths() {
    bind(
        """
        kubernetes:
          namespace: Ops
          image-pull-policy: Sometimes
          image-pull-secrets: [pull, "Pull!"]
          service-account: { annotations: { a: 1 } }
          storage: { storage-class: fast, size: big, access-mode: Any }
          jobs:
            resources: { cpu: much }
            starting-deadline-seconds: 5
            suspend: maybe
            tolerations: [{ operator: Equal }, { key: a, operator: Exists, effect: Never }]
          log-shipper: []
          network-policy: "yes"
        """);

    assertThat(problems.list())
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "kubernetes.namespace",
            "kubernetes.image-pull-policy",
            "kubernetes.image-pull-secrets[1]",
            "kubernetes.service-account.annotations.a",
            "kubernetes.storage.size",
            "kubernetes.storage.access-mode",
            "kubernetes.jobs.resources.cpu",
            "kubernetes.jobs.starting-deadline-seconds",
            "kubernetes.jobs.suspend",
            "kubernetes.jobs.tolerations[0]",
            "kubernetes.jobs.tolerations[1]",
            "kubernetes.log-shipper",
            "kubernetes.network-policy");
  }

  @Test
  void aClassWithoutASizeIsAProblem() {
    bind("kubernetes: { storage: { storage-class: fast } }");

    assertThat(problems.list())
        .extracting(ConfigProblem::path)
        .containsExactly("kubernetes.storage.storage-class");
  }

  @Test
  void quantitiesAreThoseOfKubernetes() {
    for (String quantity : List.of("1", "500m", "0.5", "2Gi", "100k", "64Ki", "1E")) {
      assertThat(ResourceNeeds.checked(quantity)).isEqualTo(quantity);
    }
    for (String quantity : List.of("", "lots", "1GB", "-1", "2 Gi", "1mi")) {
      assertThatIllegalArgumentException()
          .as(quantity)
          .isThrownBy(() -> ResourceNeeds.checked(quantity));
    }
  }

  private KubernetesConfig bind(String yaml) {
    JsonNode document = Serialization.unmarshal(yaml, JsonNode.class);
    return KubernetesConfigBinder.bind(ConfigNode.root(document, problems));
  }
}
