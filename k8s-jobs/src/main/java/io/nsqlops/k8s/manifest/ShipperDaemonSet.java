package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.nsqlops.k8s.config.ShipperOptions;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The log shipper on every node. It reads files of the node that belong to root, so it runs as root
 * with the single capability to read them, sees them read-only, and keeps its positions on the
 * node.
 */
final class ShipperDaemonSet {
  static final String COMPONENT = "log-shipper";

  /** Enough to drain what was read and to write the positions. */
  private static final long GRACE_SECONDS = 60;

  /** A busy node starts a JVM slowly; one that hangs is known as such after a minute. */
  private static final int PROBE_DELAY_SECONDS = 10;

  private static final int PROBE_PERIOD_SECONDS = 20;
  private static final int PROBE_TIMEOUT_SECONDS = 5;

  private final Installation installation;
  private final MountedDocument document;
  private final Path state;
  private final List<Path> sources;

  ShipperDaemonSet(Installation installation) {
    this.installation = installation;
    this.document = MountedDocument.forShipper(installation);
    JsonNode logs = installation.document().path("logs");
    this.state = HostFolders.state(logs);
    this.sources = HostFolders.sources(logs);
  }

  DaemonSet render() {
    return new DaemonSetBuilder()
        .withMetadata(
            installation.metadata(
                installation.logsNamespace(), installation.name("logs"), COMPONENT))
        .withNewSpec()
        .withNewSelector()
        .withMatchLabels(installation.selector(COMPONENT))
        .endSelector()
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable("10%")
        .endRollingUpdate()
        .endUpdateStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(installation.labels(COMPONENT))
        .addToAnnotations("checksum/config", document.checksum())
        .endMetadata()
        .withSpec(pod())
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod() {
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withServiceAccountName(installation.name(Surroundings.LOGS_ACCOUNT))
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withImagePullSecrets(PodParts.pullSecrets(installation))
            .withSecurityContext(Hardening.nodeReaderPod())
            .withContainers(container())
            .withVolumes(
                Hardening.temporaryVolume(),
                PodParts.configVolume(installation.name(Surroundings.LOGS_CONFIG)),
                hostFolder("state", state, "DirectoryOrCreate"));
    if (!document.secretKeys().isEmpty()) {
      pod.addToVolumes(
          PodParts.secretVolume("secrets", installation.logsSecret(), document.secretKeys()));
    }
    for (int i = 0; i < sources.size(); i++) {
      // A node without the folder has no such logs: creating it is better than a pod that hangs.
      pod.addToVolumes(hostFolder("source-" + i, sources.get(i), "DirectoryOrCreate"));
    }
    return PodParts.place(pod, options().placement()).build();
  }

  private Container container() {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(COMPONENT)
            .withImage(installation.kubernetes().image())
            .withImagePullPolicy(installation.kubernetes().imagePullPolicy())
            .withArgs(
                "ship-logs",
                "--config=" + MountedDocument.CONFIG_DIRECTORY + "/" + MountedDocument.CONFIG_FILE)
            .withEnv(Hardening.javaSettings(options().resources()))
            .addNewEnv()
            .withName("NODE_NAME")
            .withNewValueFrom()
            .withNewFieldRef("v1", "spec.nodeName")
            .endValueFrom()
            .endEnv()
            .addNewPort()
            .withName(MonitorPort.NAME)
            .withContainerPort(MonitorPort.of(document.document().path("logs")))
            .endPort()
            .withLivenessProbe(probe("/healthz"))
            .withReadinessProbe(probe("/readyz"))
            .withResources(Hardening.resources(options().resources()))
            .withSecurityContext(Hardening.container("DAC_READ_SEARCH"))
            .withVolumeMounts(
                Hardening.temporaryMount(),
                PodParts.readOnlyMount("config", MountedDocument.CONFIG_DIRECTORY),
                new VolumeMountBuilder().withName("state").withMountPath(state.toString()).build());
    if (!document.secretKeys().isEmpty()) {
      container.addToVolumeMounts(
          PodParts.readOnlyMount("secrets", MountedDocument.SECRETS_DIRECTORY));
    }
    for (int i = 0; i < sources.size(); i++) {
      container.addToVolumeMounts(PodParts.readOnlyMount("source-" + i, sources.get(i).toString()));
    }
    return container.build();
  }

  private static Probe probe(String path) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(MonitorPort.NAME)
        .endHttpGet()
        .withInitialDelaySeconds(PROBE_DELAY_SECONDS)
        .withPeriodSeconds(PROBE_PERIOD_SECONDS)
        .withTimeoutSeconds(PROBE_TIMEOUT_SECONDS)
        .build();
  }

  private ShipperOptions options() {
    return installation.kubernetes().logShipper();
  }

  private static Volume hostFolder(String name, Path path, String type) {
    return new VolumeBuilder().withName(name).withNewHostPath(path.toString(), type).build();
  }
}
