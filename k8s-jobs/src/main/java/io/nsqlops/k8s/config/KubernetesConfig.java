package io.nsqlops.k8s.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code kubernetes} section of the configuration file.
 *
 * @param namespace of the Jobs; Pod Security {@code restricted} is enforced in it
 * @param secretName Secret with the database password and the passphrase; null: a name made from
 *     the cluster's
 * @param serviceAccountAnnotations bind a cloud identity, such as {@code
 *     eks.amazonaws.com/role-arn}
 * @param podLabels more labels for the pods; some clouds bind identities by them
 * @param networkPolicy whether the Jobs' traffic is limited to what they need
 */
public record KubernetesConfig(
    String namespace,
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    @Nullable String secretName,
    Map<String, String> serviceAccountAnnotations,
    Map<String, String> podLabels,
    StorageOptions storage,
    JobOptions jobs,
    ShipperOptions logShipper,
    boolean networkPolicy) {

  public KubernetesConfig {
    imagePullSecrets = List.copyOf(imagePullSecrets);
    serviceAccountAnnotations =
        Collections.unmodifiableMap(new LinkedHashMap<>(serviceAccountAnnotations));
    podLabels = Collections.unmodifiableMap(new LinkedHashMap<>(podLabels));
    if (namespace.equals(logShipper.namespace())) {
      throw new IllegalArgumentException(
          "the log shipper needs a namespace of its own: it mounts folders of the node, which the"
              + " Jobs' namespace forbids");
    }
  }

  public Optional<String> secret() {
    return Optional.ofNullable(secretName);
  }
}
