package io.nsqlops.k8s.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On which nodes pods may run, and how important they are. */
public record Placement(
    Map<String, String> nodeSelector,
    List<TolerationRule> tolerations,
    @Nullable String priorityClassName) {

  public Placement {
    nodeSelector = Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
    tolerations = List.copyOf(tolerations);
  }

  public Optional<String> priorityClass() {
    return Optional.ofNullable(priorityClassName);
  }
}
