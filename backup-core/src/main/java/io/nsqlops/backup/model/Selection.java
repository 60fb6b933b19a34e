package io.nsqlops.backup.model;

import java.util.List;

/**
 * Which tables are meant: patterns {@code db} or {@code db.table} with {@code *} and {@code ?}.
 *
 * @param include empty for everything
 * @param exclude wins over {@code include}
 */
public record Selection(List<String> include, List<String> exclude) {
  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  public boolean includes(TableName name) {
    return (include.isEmpty() || anyMatches(include, name)) && !anyMatches(exclude, name);
  }

  /** Whether the database, or anything that may be in it, is meant. */
  public boolean includesDatabase(String database) {
    boolean wanted =
        include.isEmpty()
            || include.stream()
                .anyMatch(p -> Wildcard.matches(p, database) || beginsWith(p, database));
    return wanted && exclude.stream().noneMatch(p -> Wildcard.matches(p, database));
  }

  /** Whether a pattern is the name of the database itself, so that all that is in it is meant. */
  public boolean includesAllOf(String database) {
    return include.stream().anyMatch(p -> Wildcard.matches(p, database))
        && exclude.stream().noneMatch(p -> Wildcard.matches(p, database));
  }

  /**
   * Whether something that is no table is meant: a database if anything in it may be, a trigger
   * with its table, everything else by its own name. Accounts belong to no database and always are.
   */
  public boolean includes(SchemaObject object) {
    return switch (object.kind()) {
      case ACCOUNT, GRANTS -> true;
      case DATABASE -> includesDatabase(object.name());
      case TRIGGER -> includes(new TableName(object.database(), tableOf(object)));
      case SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, EVENT ->
          includes(new TableName(object.database(), object.name()));
    };
  }

  /** Whether something is left out by name, although others may need it. */
  public boolean excludes(SchemaObject object) {
    return anyMatches(exclude, new TableName(object.database(), object.name()));
  }

  /** Repositories made before triggers named their table have only the trigger's own name. */
  private static String tableOf(SchemaObject trigger) {
    return trigger.table().isEmpty() ? trigger.name() : trigger.table();
  }

  public boolean isAll() {
    return include.isEmpty() && exclude.isEmpty();
  }

  private static boolean anyMatches(List<String> patterns, TableName name) {
    return patterns.stream()
        .anyMatch(
            p -> Wildcard.matches(p, name.database()) || Wildcard.matches(p, name.toString()));
  }

  /** The pattern's part before some dot matches the database. */
  private static boolean beginsWith(String pattern, String database) {
    for (int dot = pattern.indexOf('.'); dot >= 0; dot = pattern.indexOf('.', dot + 1)) {
      if (Wildcard.matches(pattern.substring(0, dot), database)) {
        return true;
      }
    }
    return false;
  }
}
