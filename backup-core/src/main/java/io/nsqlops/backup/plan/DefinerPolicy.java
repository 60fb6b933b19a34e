package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import java.util.Map;

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
    return switch (object.kind()) {
      case VIEW, TRIGGER, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, EVENT ->
          object.saying(object.statements().stream().map(this::apply).toList());
      case DATABASE, SEQUENCE, ACCOUNT, GRANTS -> object;
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
