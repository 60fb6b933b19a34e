package io.nsqlops.k8s.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** Writes objects as one YAML stream that {@code kubectl apply -f -} reads. */
public final class ManifestPrinter {
  private static final String SEPARATOR = "---\n";

  private ManifestPrinter() {}

  /** Each object is a document of its own, begun by a separator. */
  public static String print(List<HasMetadata> objects) {
    StringBuilder stream = new StringBuilder();
    for (HasMetadata object : objects) {
      // Only fabric8's own mapper knows how quantities and int-or-string values are written.
      String yaml = Serialization.asYaml(object);
      stream.append(yaml.startsWith(SEPARATOR) ? "" : SEPARATOR).append(yaml);
      if (!yaml.endsWith("\n")) {
        stream.append('\n');
      }
    }
    return stream.toString();
  }
}
