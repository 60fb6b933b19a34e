package io.nsqlops.k8s.manifest;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import tools.jackson.databind.JsonNode;

/**
 * Where the shipper of a pod answers probes. Kubelet asks at the pod's address, which one that
 * listens on a loopback address, as on a machine of its own, would not hear: of the configured
 * address only the port is taken.
 */
final class MonitorPort {
  /** That of the documentation. */
  static final int DEFAULT = 9600;

  static final String NAME = "monitor";
  private static final int LARGEST = 65_535;

  private MonitorPort() {}

  /** The port of a {@code logs} section. */
  static int of(JsonNode logs) {
    String listen = logs.path("listen").asString("");
    if (listen.isEmpty()) {
      return DEFAULT;
    }
    try {
      int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
      if (port > 0 && port <= LARGEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // no port, as little as one out of range
    }
    throw new OpsException(
        ErrorKind.USAGE,
        "logs.listen",
        "'" + listen + "' has no port that probes could ask",
        "Write host:port, such as 0.0.0.0:" + DEFAULT + ".");
  }

  /** The address to listen on, of every family there is. */
  static String listen(JsonNode logs) {
    return "0.0.0.0:" + of(logs);
  }
}
