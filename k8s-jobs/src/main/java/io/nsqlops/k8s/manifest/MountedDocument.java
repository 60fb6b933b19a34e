package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.nsqlops.backup.config.RepositoryUri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration file as a pod sees it: only the sections the pod needs, and every secret a file
 * mounted from a Secret, whatever the reference was where the file was written.
 *
 * @param secretKeys the keys of the Secret that the file refers to
 */
record MountedDocument(JsonNode document, SortedSet<String> secretKeys) {
  static final String CONFIG_DIRECTORY = "/etc/nsql-ops/config";
  static final String CONFIG_FILE = "nsql-ops.yaml";
  static final String SECRETS_DIRECTORY = "/etc/nsql-ops/secrets";
  static final String REPOSITORY_DIRECTORY = "/repository";
  private static final List<String> JOB_SECTIONS =
      List.of("cluster", "source", "repository", "secrets");

  MountedDocument {
    secretKeys = Collections.unmodifiableSortedSet(new TreeSet<>(secretKeys));
  }

  static MountedDocument forJobs(Installation installation) {
    ObjectNode document = copy(installation.document(), JOB_SECTIONS);
    SortedSet<String> keys = new TreeSet<>();
    mountReferences(document.path("secrets"), "", keys);
    installation
        .backup()
        .repository()
        .filter(repository -> !repository.isS3())
        .ifPresent(directory -> document.put("repository", "file://" + REPOSITORY_DIRECTORY));
    installation
        .backup()
        .repository()
        .filter(RepositoryUri::hasAuthority)
        .map(bucket -> bucket.withAuthority(mounted("repository-ca", keys)))
        .ifPresent(bucket -> document.put("repository", bucket.text()));
    return new MountedDocument(document, keys);
  }

  static MountedDocument forShipper(Installation installation) {
    ObjectNode document = copy(installation.document(), List.of("cluster", "logs"));
    SortedSet<String> keys = new TreeSet<>();
    JsonNode elasticsearch = document.path("logs").path("elasticsearch");
    mountReferences(elasticsearch, "elasticsearch-", keys);
    // A certificate authority is no secret and its key is a plain path, but the node has no such
    // file: it comes out of the same Secret.
    if (elasticsearch instanceof ObjectNode section && section.path("ca").isString()) {
      section.put("ca", mounted("elasticsearch-ca", keys));
    }
    if (document.path("logs") instanceof ObjectNode logs) {
      // One file serves all nodes: each has the name its pod gets from NODE_NAME.
      logs.remove("node-name");
      logs.put("listen", MonitorPort.listen(logs));
    }
    return new MountedDocument(document, keys);
  }

  String yaml() {
    return Serialization.asYaml(document);
  }

  /** Changes when the file changes, so that a pod template that carries it makes new pods. */
  String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(yaml().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ObjectNode copy(JsonNode document, List<String> sections) {
    ObjectNode copy = ((ObjectNode) document).objectNode();
    for (Map.Entry<String, JsonNode> section : document.properties()) {
      if (sections.contains(section.getKey())) {
        copy.set(section.getKey(), section.getValue().deepCopy());
      }
    }
    return copy;
  }

  private static void mountReferences(JsonNode section, String prefix, SortedSet<String> keys) {
    if (!(section instanceof ObjectNode mapping)) {
      return;
    }
    for (String key : List.copyOf(mapping.propertyNames())) {
      String text = mapping.path(key).asString("");
      if (text.startsWith("file:") || text.startsWith("env:")) {
        mapping.put(key, "file:" + mounted(prefix + key, keys));
      }
    }
  }

  private static String mounted(String key, SortedSet<String> keys) {
    keys.add(key);
    return SECRETS_DIRECTORY + "/" + key;
  }
}
