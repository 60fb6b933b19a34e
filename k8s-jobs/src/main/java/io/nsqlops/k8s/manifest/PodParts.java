package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.nsqlops.k8s.config.Placement;
import java.util.Collection;
import java.util.List;

/** Parts that the Jobs' pods and the log shipper's pods build in the same way. */
final class PodParts {
  /** Readable by the pod's group only. */
  private static final int SECRET_MODE = 0440;

  private PodParts() {}

  static Volume configVolume(String configMap) {
    return new VolumeBuilder()
        .withName("config")
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .build();
  }

  /**
   * Names the keys it wants, so that a Secret without one stops the pod with an event that says so.
   */
  static Volume secretVolume(String volume, String secret, Collection<String> keys) {
    List<KeyToPath> items = keys.stream().map(PodParts::item).toList();
    return new VolumeBuilder()
        .withName(volume)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(SECRET_MODE)
        .withItems(items)
        .endSecret()
        .build();
  }

  private static KeyToPath item(String key) {
    return new KeyToPathBuilder().withKey(key).withPath(key).build();
  }

  static VolumeMount readOnlyMount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }

  static PodSpecBuilder place(PodSpecBuilder pod, Placement placement) {
    placement.priorityClass().ifPresent(pod::withPriorityClassName);
    return pod.withNodeSelector(
            placement.nodeSelector().isEmpty() ? null : placement.nodeSelector())
        .withTolerations(
            placement.tolerations().stream()
                .map(t -> new Toleration(t.effect(), t.key(), t.operator(), null, t.value()))
                .toList());
  }

  static List<LocalObjectReference> pullSecrets(Installation installation) {
    return installation.kubernetes().imagePullSecrets().stream()
        .map(LocalObjectReference::new)
        .toList();
  }
}
