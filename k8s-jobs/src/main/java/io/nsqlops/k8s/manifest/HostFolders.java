package io.nsqlops.k8s.manifest;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The folders of a node that the log shipper needs, found from the globs of its sources. */
final class HostFolders {
  /** Links in /var/log/containers point into /var/log/pods, so the whole is mounted or nothing. */
  private static final Path VAR_LOG = Path.of("/var/log");

  /** Where the links under /var/log/pods lead to if Docker runs the containers. */
  private static final Path DOCKER = Path.of("/var/lib/docker/containers");

  private static final String DEFAULT_STATE = "/var/lib/nsql-ops";

  private HostFolders() {}

  /** Where the shipper keeps its positions: on the node, so that they outlive the pod. */
  static Path state(JsonNode logs) {
    return Path.of(logs.path("state-directory").asString(DEFAULT_STATE));
  }

  /** The smallest set of folders under which every source's files lie. */
  static List<Path> sources(JsonNode logs) {
    SortedSet<Path> folders = new TreeSet<>();
    for (JsonNode source : logs.path("sources").values()) {
      if (source.path("envelope").asString("").equalsIgnoreCase("docker")) {
        folders.add(DOCKER);
      }
      JsonNode paths = source.path("paths");
      for (JsonNode glob : paths.isArray() ? paths.values() : List.of(paths)) {
        folders.add(widened(fixedPart(glob.asString(""))));
      }
    }
    return folders.stream()
        .filter(
            folder -> folders.stream().noneMatch(o -> !o.equals(folder) && folder.startsWith(o)))
        .toList();
  }

  /** The folders before the first that has a wildcard; never the file itself. */
  private static Path fixedPart(String glob) {
    int wildcard = glob.length();
    for (char c : "*?[{".toCharArray()) {
      int at = glob.indexOf(c);
      wildcard = at < 0 ? wildcard : Math.min(wildcard, at);
    }
    int end = glob.lastIndexOf('/', wildcard - 1);
    if (end <= 0 || !glob.startsWith("/")) {
      throw new OpsException(
          ErrorKind.USAGE,
          glob,
          "a log source on a node needs an absolute path with a folder before any wildcard",
          "write it as /var/log/pods/*/*/*.log");
    }
    return Path.of(glob.substring(0, end)).normalize();
  }

  private static Path widened(Path folder) {
    return folder.startsWith(VAR_LOG) ? VAR_LOG : folder;
  }
}
