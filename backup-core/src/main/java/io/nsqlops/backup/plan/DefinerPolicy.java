package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom restored views and programs run as.
 *
 * @param strip makes the restoring account the definer, except of those in the map
 * @param map from the definers of the backup to others
 */
public record DefinerPolicy(boolean strip, Map<Definer, Definer> map) {
  public static final DefinerPolicy KEEP = new DefinerPolicy(false, Map.of());

  public DefinerPolicy {
    map = Map.copyOf(map);
  }

  SchemaObject apply(SchemaObject object) {
    return hasDefiner(object)
        ? object.saying(object.statements().stream().map(this::apply).toList())
        : object;
  }

  /** Whom an object names as its definer, before this is applied. */
  Set<Definer> of(SchemaObject object) {
    return hasDefiner(object)
        ? object.statements().stream()
            .flatMap(s -> Definer.of(s).stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static boolean hasDefiner(SchemaObject object) {
    return switch (object.kind()) {
      case VIEW, TRIGGER, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, EVENT -> true;
      case DATABASE, SEQUENCE, ACCOUNT, GRANTS -> false;
    };
  }

  private RawText apply(RawText statement) {
    Definer other = Definer.of(statement).map(map::get).orElse(null);
    if (other != null) {
      return other.in(statement);
    }
    return strip ? Definer.strip(statement) : statement;
  }
}
