package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.nsqlops.k8s.config.ResourceNeeds;

/** What every pod has in common: as few rights as it can work with, and bounded memory. */
final class Hardening {
  /** The user of the image. */
  static final long USER = 10001;

  private Hardening() {}

  /** Of a pod that passes the Pod Security level {@code restricted}. */
  static PodSecurityContext unprivilegedPod() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /** Of a pod that reads files of its node that only root may read. */
  static PodSecurityContext nodeReaderPod() {
    return new PodSecurityContextBuilder()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  static SecurityContext container(String... addedCapabilities) {
    CapabilitiesBuilder capabilities = new CapabilitiesBuilder().withDrop("ALL");
    if (addedCapabilities.length > 0) {
      capabilities.withAdd(addedCapabilities);
    }
    return container(capabilities.build());
  }

  private static SecurityContext container(Capabilities capabilities) {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withCapabilities(capabilities)
        .build();
  }

  static ResourceRequirements resources(ResourceNeeds needs) {
    ResourceRequirementsBuilder resources =
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity(needs.cpu()))
            .addToRequests("memory", new Quantity(needs.memory()))
            .addToLimits("memory", new Quantity(needs.memory()));
    if (needs.cpuLimit() != null) {
      resources.addToLimits("cpu", new Quantity(needs.cpuLimit()));
    }
    return resources.build();
  }

  /**
   * Leaves memory outside the heap for buffers and native code. A JVM out of memory must end, but
   * not through ExitOnOutOfMemoryError: that exits with 3, which means "done in part" here. This
   * way it exits with 1.
   */
  static EnvVar javaOptions() {
    return new EnvVar(
        "JAVA_TOOL_OPTIONS",
        "-XX:MaxRAMPercentage=70 -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash"
            + " -XX:ErrorFile=/tmp/jvm-error.log",
        null);
  }

  /** The only writable place of a container; native libraries are unpacked there. */
  static Volume temporaryVolume() {
    return new VolumeBuilder()
        .withName("tmp")
        .withNewEmptyDir()
        .withSizeLimit(new Quantity("256Mi"))
        .endEmptyDir()
        .build();
  }

  static VolumeMount temporaryMount() {
    return new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build();
  }
}
