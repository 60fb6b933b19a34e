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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What every pod has in common: as few rights as it can work with, and bounded memory. */
final class Hardening {
  /** The user of the image. */
  static final long USER = 10001;

  private static final BigDecimal HEAP_SHARE = new BigDecimal("0.7");
  private static final BigDecimal MEBIBYTE = new BigDecimal(1024 * 1024);

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
   * The launcher's settings for a container: a heap that leaves room for buffers and native code,
   * and an end when it is full. Not through ExitOnOutOfMemoryError, which exits with 3, "done in
   * part" here; this way the exit code is 1.
   */
  static List<EnvVar> javaSettings(ResourceNeeds needs) {
    long mebibytes =
        new Quantity(needs.memory())
            .getNumericalAmount()
            .multiply(HEAP_SHARE)
            .divide(MEBIBYTE, 0, RoundingMode.DOWN)
            .longValueExact();
    return List.of(
        new EnvVar("NSQL_OPS_HEAP", mebibytes + "m", null),
        new EnvVar(
            "NSQL_OPS_JAVA_OPTS",
            "-XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash"
                + " -XX:ErrorFile=/tmp/jvm-error.log",
            null));
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
