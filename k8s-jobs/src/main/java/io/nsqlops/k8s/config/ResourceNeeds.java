package io.nsqlops.k8s.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a container asks of its node. Memory is request and limit at once, so that a node never
 * promises what it does not have; a CPU limit is left out unless asked for, since it only
 * throttles.
 *
 * @param cpu request, a Kubernetes quantity such as {@code 500m}
 * @param memory request and limit, such as {@code 2Gi}
 * @param cpuLimit null: none
 */
public record ResourceNeeds(String cpu, String memory, @Nullable String cpuLimit) {
  private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|[kMGTPE]i?|Ki)?");

  public ResourceNeeds {
    checked(cpu);
    checked(memory);
    if (cpuLimit != null) {
      checked(cpuLimit);
    }
  }

  static String checked(String quantity) {
    if (!QUANTITY.matcher(quantity).matches()) {
      throw new IllegalArgumentException("must be a quantity such as 500m, 2 or 2Gi");
    }
    return quantity;
  }
}
