package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.nsqlops.k8s.config.StorageOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pods of the Jobs: one container, no rights, files instead of variables for every secret. */
final class JobPods {
  private static final String S3_DIRECTORY = "/etc/nsql-ops/s3";
  private static final String S3_KEY = "credentials";

  /** Enough to release the lease and the snapshot after SIGTERM. */
  private static final long GRACE_SECONDS = 120;

  private final Installation installation;
  private final MountedDocument document;

  JobPods(Installation installation) {
    this.installation = installation;
    this.document = MountedDocument.forJobs(installation);
  }

  /**
   * A pod that runs one command.
   *
   * @param component label value and name of the service account's suffix
   * @param commandLine command and flags, to which {@code --config} is added
   */
  PodTemplateSpec template(String component, String serviceAccount, List<String> commandLine) {
    Map<String, String> labels = new LinkedHashMap<>(installation.kubernetes().podLabels());
    labels.putAll(installation.labels(component));
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withServiceAccountName(serviceAccount)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withRestartPolicy("Never")
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withImagePullSecrets(PodParts.pullSecrets(installation))
            .withSecurityContext(Hardening.unprivilegedPod())
            .withContainers(container(commandLine))
            .withVolumes(
                Hardening.temporaryVolume(),
                PodParts.configVolume(installation.name(Surroundings.JOBS_CONFIG)));
    addVolumes(pod);
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        // A backup that a scale-down interrupts starts again from the beginning.
        .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
        .endMetadata()
        .withSpec(PodParts.place(pod, installation.kubernetes().jobs().placement()).build())
        .build();
  }

  private Container container(List<String> commandLine) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName("nsql-ops")
            .withImage(installation.kubernetes().image())
            .withImagePullPolicy(installation.kubernetes().imagePullPolicy())
            .withArgs(commandLine)
            .addToArgs(
                "--config=" + MountedDocument.CONFIG_DIRECTORY + "/" + MountedDocument.CONFIG_FILE)
            .withEnv(Hardening.javaSettings(installation.kubernetes().jobs().resources()))
            .withResources(Hardening.resources(installation.kubernetes().jobs().resources()))
            .withSecurityContext(Hardening.container())
            .withVolumeMounts(
                Hardening.temporaryMount(),
                PodParts.readOnlyMount("config", MountedDocument.CONFIG_DIRECTORY));
    if (!document.secretKeys().isEmpty()) {
      container.addToVolumeMounts(
          PodParts.readOnlyMount("secrets", MountedDocument.SECRETS_DIRECTORY));
    }
    if (Surroundings.claim(installation).isPresent()) {
      container.addToVolumeMounts(
          new VolumeMountBuilder()
              .withName("repository")
              .withMountPath(MountedDocument.REPOSITORY_DIRECTORY)
              .build());
    }
    if (storage().s3Secret().isPresent()) {
      container
          .addNewEnv()
          .withName("AWS_SHARED_CREDENTIALS_FILE")
          .withValue(S3_DIRECTORY + "/" + S3_KEY)
          .endEnv()
          .addToVolumeMounts(PodParts.readOnlyMount("s3", S3_DIRECTORY));
    }
    return container.build();
  }

  private void addVolumes(PodSpecBuilder pod) {
    if (!document.secretKeys().isEmpty()) {
      pod.addToVolumes(
          PodParts.secretVolume("secrets", installation.jobsSecret(), document.secretKeys()));
    }
    Surroundings.claim(installation)
        .ifPresent(
            claim ->
                pod.addToVolumes(
                    new VolumeBuilder()
                        .withName("repository")
                        .withNewPersistentVolumeClaim(claim, false)
                        .build()));
    storage()
        .s3Secret()
        .ifPresent(
            secret -> pod.addToVolumes(PodParts.secretVolume("s3", secret, List.of(S3_KEY))));
  }

  private StorageOptions storage() {
    return installation.kubernetes().storage();
  }
}
