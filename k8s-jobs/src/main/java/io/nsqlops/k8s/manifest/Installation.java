package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.k8s.config.KubernetesConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One cluster's installation of nsql-ops: what all of its objects are made from, and how they are
 * named and labelled.
 *
 * @param document the whole configuration file, from which the pods' own files are cut
 */
public record Installation(BackupConfig backup, KubernetesConfig kubernetes, JsonNode document) {
  static final String COMPONENT = "app.kubernetes.io/component";

  /** Begins the name of every object: at most 41 characters, as a cluster's name has at most 32. */
  String name() {
    return "nsql-ops-" + backup.cluster();
  }

  String name(String suffix) {
    return name() + "-" + suffix;
  }

  /** Whether the configuration has anything for a Job to do. */
  boolean hasJobs() {
    return backup.source().isPresent() && backup.repository().isPresent();
  }

  boolean shipsLogs() {
    return document.hasNonNull("logs");
  }

  String jobsNamespace() {
    return kubernetes.namespace();
  }

  String logsNamespace() {
    return kubernetes.logShipper().namespace();
  }

  /** The Secret with the database password and the passphrase. */
  String jobsSecret() {
    return kubernetes.secret().orElse(name());
  }

  /** The Secret with the Elasticsearch credentials, in the log shipper's namespace. */
  String logsSecret() {
    return kubernetes.logShipper().secret().orElse(name());
  }

  /** Labels that select the pods of a component; they never change during an object's life. */
  Map<String, String> selector(String component) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("app.kubernetes.io/name", "nsql-ops");
    labels.put("app.kubernetes.io/instance", backup.cluster());
    labels.put(COMPONENT, component);
    return labels;
  }

  Map<String, String> labels(String component) {
    Map<String, String> labels = selector(component);
    labels.put("app.kubernetes.io/managed-by", "nsql-ops");
    return labels;
  }

  ObjectMeta metadata(String namespace, String name, String component) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels(component))
        .build();
  }
}
