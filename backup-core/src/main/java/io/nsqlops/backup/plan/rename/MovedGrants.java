package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GRANT and REVOKE statements of a database or table that is restored under another name. In rights
 * on a whole database its name is a pattern; they follow where the pattern fits this database only.
 */
final class MovedGrants {
  /** Behind ON: a word for routines, the database, and a table or routine. */
  private static final Pattern OBJECT =
      Pattern.compile(
          "((?:[A-Z]+ )*)`((?:[^`]|``)*+)`\\.(?:\\*|`((?:[^`]|``)*+)`)", Pattern.DOTALL);

  private final Map<String, String> databases;
  private final UnaryOperator<TableName> tables;

  /**
   * For one restore.
   *
   * @param databases the new names of databases; other names in it do no harm
   * @param tables where a table goes
   */
  MovedGrants(Map<String, String> databases, UnaryOperator<TableName> tables) {
    this.databases = Map.copyOf(databases);
    this.tables = tables;
  }

  RawText moved(RawText statement) {
    String sql = statement.toString();
    int on = MovedNames.outsideQuotes(sql, " ON ");
    if (databases.isEmpty() || on < 0) {
      return statement;
    }
    Matcher object = OBJECT.matcher(sql).region(on + 4, sql.length());
    if (!object.lookingAt()) {
      return statement;
    }
    String database = unquoted(object.group(2));
    String moved;
    if (object.group(3) == null) {
      moved = QuotedName.of(movedPattern(database, sql.startsWith("REVOKE "))) + ".*";
    } else {
      TableName name = new TableName(database, unquoted(object.group(3)));
      boolean table = object.group(1).isEmpty() || object.group(1).equals("TABLE ");
      TableName to =
          table
              ? tables.apply(name)
              : new TableName(databases.getOrDefault(database, database), name.table());
      moved = QuotedName.of(to.database()) + "." + QuotedName.of(to.table());
    }
    return RawText.ofUtf8(
        sql.substring(0, on + 4) + object.group(1) + moved + sql.substring(object.end()));
  }

  /** In a partial revoke the name is no pattern. */
  private String movedPattern(String pattern, boolean plain) {
    String to = databases.get(pattern);
    if (to != null) {
      // whoever wrote _ for itself gets it for itself again
      return plain || hasWildcard(pattern) ? to : escaped(to);
    }
    return meant(pattern).map(databases::get).map(MovedGrants::escaped).orElse(pattern);
  }

  /** The only name that a pattern fits; empty if it fits several. */
  private static Optional<String> meant(String pattern) {
    return hasWildcard(pattern)
        ? Optional.empty()
        : Optional.of(pattern.replaceAll("\\\\(.)", "$1"));
  }

  private static boolean hasWildcard(String pattern) {
    return pattern.replaceAll("\\\\.", "").matches("(?s).*[_%].*");
  }

  private static String escaped(String name) {
    return name.replaceAll("[\\\\_%]", "\\\\$0");
  }

  private static String unquoted(String name) {
    return name.replace("``", "`");
  }
}
