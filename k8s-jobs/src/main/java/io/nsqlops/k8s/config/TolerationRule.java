package io.nsqlops.k8s.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A taint that the pods accept.
 *
 * @param key null: every key
 * @param operator {@code Exists} or {@code Equal}
 * @param value with {@code Equal} only
 * @param effect null: every effect
 */
public record TolerationRule(
    @Nullable String key, String operator, @Nullable String value, @Nullable String effect) {
  /** Accepts every taint: a log shipper belongs on every node. */
  public static final TolerationRule EVERYTHING = new TolerationRule(null, "Exists", null, null);

  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  public TolerationRule {
    switch (operator) {
      case "Exists" -> {
        if (value != null) {
          throw new IllegalArgumentException("value needs the operator Equal");
        }
      }
      case "Equal" -> {
        if (key == null) {
          throw new IllegalArgumentException("the operator Equal needs a key");
        }
      }
      default -> throw new IllegalArgumentException("operator must be Exists or Equal");
    }
    if (effect != null && !EFFECTS.contains(effect)) {
      throw new IllegalArgumentException("effect must be one of " + String.join(", ", EFFECTS));
    }
  }
}
