package io.nsqlops.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ShipperDaemonSetTest {

  @Test
  void runsOnEveryNodeAndReadsItsFoldersOnly() {
    PodSpec pod = daemonSet(Installations.DOCUMENTED).getSpec().getTemplate().getSpec();

    assertThat(pod.getTolerations()).extracting(Toleration::getOperator).containsExactly("Exists");
    assertThat(pod.getContainers().get(0).getVolumeMounts())
        .extracting(mount -> mount.getMountPath() + " " + Boolean.TRUE.equals(mount.getReadOnly()))
        .containsExactly(
            "/tmp false",
            "/etc/nsql-ops/config true",
            "/var/lib/nsql-ops false",
            "/etc/nsql-ops/secrets true",
            "/data/log true",
            "/var/log true");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getHostPath() != null)
        .extracting(volume -> volume.getHostPath().getPath())
        .containsExactly("/var/lib/nsql-ops", "/data/log", "/var/log");
  }

  @Test
  void isRootWithTheOneCapabilityToRead() {
    PodSpec pod = daemonSet(Installations.DOCUMENTED).getSpec().getTemplate().getSpec();
    var security = pod.getContainers().get(0).getSecurityContext();

    assertThat(pod.getSecurityContext().getRunAsUser()).isZero();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).containsExactly("DAC_READ_SEARCH");
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getPrivileged()).isNull();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void itsSecretHoldsTheElasticsearchKeysAndTheAuthority() {
    Volume secrets = secrets(Installations.DOCUMENTED);

    assertThat(secrets.getSecret().getSecretName()).isEqualTo("nsql-ops-shop");
    assertThat(secrets.getSecret().getItems())
        .extracting(KeyToPath::getKey)
        .containsExactly("elasticsearch-api-key", "elasticsearch-ca");
    assertThat(secrets(Installations.EVERYTHING).getSecret().getItems())
        .extracting(KeyToPath::getKey)
        .containsExactly("elasticsearch-password");
  }

  @Test
  void itsFileHasNothingOfTheDatabase() {
    MountedDocument file = MountedDocument.forShipper(Installations.of(Installations.DOCUMENTED));

    assertThat(List.copyOf(file.document().propertyNames())).containsExactly("cluster", "logs");
    assertThat(file.yaml())
        .contains("file:/etc/nsql-ops/secrets/elasticsearch-api-key")
        .contains("/etc/nsql-ops/secrets/elasticsearch-ca")
        .doesNotContain("/etc/nsql-ops/ca.pem");
  }

  /**
   * What is right on one machine, and in a file of that machine, is wrong in a pod of each node.
   */
  @Test
  void nodesHaveTheirOwnNames() {
    String yaml = withLogs("node-name: build-host");
    MountedDocument file = MountedDocument.forShipper(Installations.of(yaml));

    assertThat(file.document().path("logs").has("node-name")).isFalse();
    assertThat(container(yaml).getEnv())
        .filteredOn(variable -> "NODE_NAME".equals(variable.getName()))
        .singleElement()
        .satisfies(
            variable ->
                assertThat(variable.getValueFrom().getFieldRef().getFieldPath())
                    .isEqualTo("spec.nodeName"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 9600",
    "'listen: 0.0.0.0:9601', 9601",
    "'listen: 127.0.0.1:19600', 19600",
    "'listen: \"[::1]:9602\"', 9602",
    "'listen: 9603', 9603",
  })
  void kubeletAsksWhereItListens(String listen, int port) {
    String yaml = withLogs(listen);
    MountedDocument file = MountedDocument.forShipper(Installations.of(yaml));
    Container container = container(yaml);

    assertThat(file.document().path("logs").path("listen").asString()).isEqualTo("0.0.0.0:" + port);
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(p -> assertThat(p.getContainerPort()).isEqualTo(port));
    String name = container.getPorts().get(0).getName();
    assertThat(List.of(container.getLivenessProbe(), container.getReadinessProbe()))
        .extracting(p -> p.getHttpGet().getPath() + ' ' + p.getHttpGet().getPort().getStrVal())
        .containsExactly("/healthz " + name, "/readyz " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "localhost:0", "localhost:70000"})
  void anAddressWithoutAPortIsRefused(String listen) {
    OpsException refusal =
        catchThrowableOfType(
            OpsException.class, () -> daemonSet(withLogs("listen: '" + listen + "'")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(refusal).hasMessageContaining(listen);
  }

  private static String withLogs(String line) {
    return Installations.DOCUMENTED.replace("logs:\n", "logs:\n  " + line + "\n");
  }

  private static Container container(String yaml) {
    return daemonSet(yaml).getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  @Test
  void aChangedFileMakesNewPods() {
    String changed = Installations.DOCUMENTED.replace("es:9200", "es2:9200");

    assertThat(checksum(Installations.DOCUMENTED))
        .isEqualTo(checksum(Installations.DOCUMENTED))
        .isNotEqualTo(checksum(changed));
  }

  @Test
  void foldersAreTheFixedPartsOfTheGlobsWithoutWhatLiesInAnother() {
    assertThat(
            folders(
                """
                sources:
                  - { paths: ["/data/a/*.log", "/data/a/b/c.log", "/data/ab/x?.log"] }
                  - { paths: "/var/log/containers/*.log" }
                  - { paths: ["/srv/{x,y}/*.log"] }
                """))
        .containsExactly(
            Path.of("/data/a"), Path.of("/data/ab"), Path.of("/srv"), Path.of("/var/log"));
  }

  @Test
  void linksToLogsOfDockerNeedTheFolderTheyLeadTo() {
    String sources = "sources: [{ paths: ['/var/log/pods/*/*/*.log'], envelope: %s }]";
    assertThat(folders(sources.formatted("docker")))
        .containsExactly(Path.of("/var/lib/docker/containers"), Path.of("/var/log"));
    assertThat(folders(sources.formatted("cri"))).containsExactly(Path.of("/var/log"));
  }

  @Test
  void aPathThatWouldMountTheWholeNodeIsRefused() {
    for (String path : List.of("logs/*.log", "/*.log", "*.log", "")) {
      OpsException refusal =
          catchThrowableOfType(
              OpsException.class, () -> folders("sources: [{ paths: ['" + path + "'] }]"));
      assertThat(refusal).as(path).isNotNull();
      assertThat(refusal.kind()).isEqualTo(ErrorKind.USAGE);
    }
  }

  private static List<Path> folders(String logs) {
    return HostFolders.sources(Serialization.unmarshal(logs, JsonNode.class));
  }

  private static DaemonSet daemonSet(String yaml) {
    return Installations.render(yaml, DaemonSet.class).get(0);
  }

  private static Volume secrets(String yaml) {
    return daemonSet(yaml).getSpec().getTemplate().getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals("secrets"))
        .findFirst()
        .orElseThrow();
  }

  private static String checksum(String yaml) {
    String checksum =
        daemonSet(yaml)
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("checksum/config");
    assertThat(checksum).hasSize(64);
    return checksum;
  }
}
