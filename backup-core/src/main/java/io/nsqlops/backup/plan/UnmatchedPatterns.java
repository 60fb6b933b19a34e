package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The patterns of a selection that fit nothing, most likely misspelt: one that includes would
 * silently leave out what was meant, one that excludes would silently take it along.
 *
 * @param include those that were to include something
 * @param exclude those that were to leave something out
 */
public record UnmatchedPatterns(List<String> include, List<String> exclude) {
  public UnmatchedPatterns {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** All patterns, as long as nothing was seen that one of them fits. */
  public static UnmatchedPatterns of(Selection selection) {
    return new UnmatchedPatterns(selection.include(), selection.exclude());
  }

  /** Without the patterns that fit a table. */
  public UnmatchedPatterns without(Collection<TableName> tables) {
    return new UnmatchedPatterns(
        include.stream().filter(p -> tables.stream().noneMatch(alone(p)::includes)).toList(),
        exclude.stream().filter(p -> tables.stream().noneMatch(alone(p)::includes)).toList());
  }

  /** Without the patterns that fit something that is not a table. */
  public UnmatchedPatterns withoutObjects(Collection<SchemaObject> objects) {
    return new UnmatchedPatterns(
        include.stream().filter(p -> objects.stream().noneMatch(o -> fits(p, o))).toList(),
        exclude.stream().filter(p -> objects.stream().noneMatch(o -> fits(p, o))).toList());
  }

  private static boolean fits(String pattern, SchemaObject object) {
    return switch (object.kind()) {
      // they belong to no database and are no matter of patterns
      case ACCOUNT, GRANTS -> false;
      // by its own name only: what may be in it need not be there
      case DATABASE -> alone(pattern).includesAllOf(object.name());
      case SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, TRIGGER, EVENT ->
          alone(pattern).includes(object);
    };
  }

  private static Selection alone(String pattern) {
    return new Selection(List.of(pattern), List.of());
  }

  public boolean isEmpty() {
    return include.isEmpty() && exclude.isEmpty();
  }

  /**
   * Refuses patterns that include nothing.
   *
   * @param where names the server or backup that was looked at
   * @throws OpsException USAGE naming each of them
   */
  public void requireIncluded(String where) {
    if (!include.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          include.get(0),
          "nothing in %s fits --include %s".formatted(where, String.join(", ", include)),
          "check the spelling, upper and lower case too: db or db.name, with * and ?; on a server, the"
              + " user must be allowed to see it");
    }
  }

  /** One line a pattern that leaves nothing out. */
  public List<String> warnings(String where) {
    List<String> lines = new ArrayList<>();
    exclude.forEach(p -> lines.add("nothing in " + where + " fits --exclude " + p));
    return lines;
  }
}
