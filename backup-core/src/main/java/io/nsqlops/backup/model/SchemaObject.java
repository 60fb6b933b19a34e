package io.nsqlops.backup.model;

import java.util.Map;

/**
 * Something other than a base table: the statement that makes it and the session settings it was
 * made under.
 *
 * @param kind what it is; decides when a restore creates it
 * @param database where it lives; empty for accounts
 * @param name as the server spells it
 * @param ddl the statement
 * @param session session variables to set while it is executed ({@code sql_mode}, …)
 * @param warning why it may not be usable (an invalid view); empty if nothing is known against it
 */
public record SchemaObject(
    Kind kind,
    String database,
    String name,
    RawText ddl,
    Map<String, String> session,
    String warning) {

  /** In the order a restore creates them; tables come after SEQUENCE. */
  public enum Kind {
    DATABASE,
    SEQUENCE,
    VIEW,
    ROUTINE,
    TRIGGER,
    EVENT,
    ACCOUNT
  }

  public SchemaObject {
    session = Map.copyOf(session);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT)
        + " "
        + (database.isEmpty() || kind == Kind.DATABASE ? name : database + "." + name);
  }
}
