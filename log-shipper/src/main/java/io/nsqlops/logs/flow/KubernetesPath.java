package io.nsqlops.logs.flow;

import io.nsqlops.logs.tail.TrackedFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the path of a container log tells without asking anybody: {@code
 * /var/log/pods/<namespace>_<pod>_<uid>/<container>/<restart>.log}.
 */
record KubernetesPath(String namespace, String pod, String uid, String container) {
  /** From the path of a file; where Docker runs the containers, from the link that leads to it. */
  static Optional<KubernetesPath> of(TrackedFile file) {
    return of(file.livePath()).or(() -> file.link().flatMap(KubernetesPath::of));
  }

  static Optional<KubernetesPath> of(Path file) {
    int count = file.getNameCount();
    if (count < 3) {
      return Optional.empty();
    }
    String[] parts = file.getName(count - 3).toString().split("_", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    String container = file.getName(count - 2).toString();
    return Optional.of(new KubernetesPath(parts[0], parts[1], parts[2], container));
  }
}
