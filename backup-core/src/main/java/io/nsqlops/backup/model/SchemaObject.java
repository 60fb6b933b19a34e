package io.nsqlops.backup.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something other than a base table: the statements that make it and the session settings it was
 * made under.
 *
 * @param kind what it is; decides when a restore creates it
 * @param database where it lives; empty for accounts and grants
 * @param name as the server spells it; of accounts and grants quoted: {@code 'user'@'host'}
 * @param statements run one after the other; those of an account hold its password's hash, and may
 *     appear nowhere else
 * @param session session variables to set while it is executed ({@code sql_mode}, …)
 * @param warning why it may not be usable (an invalid view); empty if nothing is known against it
 * @param table of a trigger: the table it belongs to; empty for others, and where it is not known
 */
public record SchemaObject(
    Kind kind,
    String database,
    String name,
    List<RawText> statements,
    Map<String, String> session,
    String warning,
    String table) {

  /** In the order a restore creates them; tables come after SEQUENCE. */
  public enum Kind {
    DATABASE,
    SEQUENCE,
    /** A user or a role. Before whatever it may be the definer of. */
    ACCOUNT,
    FUNCTION,
    PROCEDURE,
    /** What a package of MariaDB offers. Before the body of the same name. */
    PACKAGE,
    PACKAGE_BODY,
    VIEW,
    TRIGGER,
    EVENT,
    /** What the account of the same name may do. After all that it may be allowed to use. */
    GRANTS;

    /** Those that come after the rows. */
    public static final List<Kind> AFTER_ROWS =
        List.of(ACCOUNT, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, TRIGGER, EVENT, GRANTS);

    /**
     * Those of them that come when the rows are verified: events change rows by themselves, and
     * whoever may write has no business here before.
     */
    public static final List<Kind> AFTER_VERIFICATION = List.of(EVENT, GRANTS);

    /** Stored code that belongs to no table. */
    public static final List<Kind> ROUTINES = List.of(FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY);

    /** Stored code that is looked for and dropped by its own name. */
    public static final List<Kind> PROGRAMS =
        List.of(FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, EVENT);

    /** As it stands behind CREATE, SHOW CREATE and DROP. */
    public String sql() {
      return name().replace('_', ' ');
    }

    /** In words for people. */
    public String text() {
      return sql().toLowerCase(Locale.ROOT);
    }
  }

  public SchemaObject {
    statements = List.copyOf(statements);
    session = Map.copyOf(session);
  }

  /** Something that belongs to no table. */
  public SchemaObject(
      Kind kind,
      String database,
      String name,
      List<RawText> statements,
      Map<String, String> session,
      String warning) {
    this(kind, database, name, statements, session, warning, "");
  }

  /** Whether it shares its names with tables. */
  public boolean isRelation() {
    return kind == Kind.VIEW || kind == Kind.SEQUENCE;
  }

  /** Its name as that of a table would be. */
  public TableName qualifiedName() {
    return new TableName(database, name);
  }

  /** How quotes are meant in its statements: its author's settings decide. */
  public Quoting quoting() {
    return Quoting.of(session.getOrDefault("sql_mode", ""));
  }

  /**
   * Its settings in the order to set them: once the character set of literals is another, servers
   * may not understand the others' values any more.
   */
  public List<Map.Entry<String, String>> settings() {
    Comparator<String> charsetsLast = Comparator.comparing(SchemaObject::isCharset);
    return session.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(charsetsLast.thenComparing(Comparator.naturalOrder())))
        .toList();
  }

  private static boolean isCharset(String setting) {
    return setting.startsWith("character_set") || setting.startsWith("collation");
  }

  /** The same with other statements. */
  public SchemaObject saying(List<RawText> others) {
    return new SchemaObject(kind, database, name, others, session, warning, table);
  }

  /** What and where, nothing of the statements. */
  @Override
  public String toString() {
    return (kind == Kind.GRANTS ? "grants of" : kind.text())
        + " "
        + (database.isEmpty() || kind == Kind.DATABASE ? name : database + "." + name);
  }
}
