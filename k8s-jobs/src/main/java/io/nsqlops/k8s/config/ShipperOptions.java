package io.nsqlops.k8s.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the log shipper runs.
 *
 * @param namespace its own: it mounts folders of the node, which the Jobs' namespace forbids
 * @param secretName Secret with the Elasticsearch credentials; null: a name made from the cluster's
 */
public record ShipperOptions(
    String namespace, @Nullable String secretName, ResourceNeeds resources, Placement placement) {

  public Optional<String> secret() {
    return Optional.ofNullable(secretName);
  }
}
