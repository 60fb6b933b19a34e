package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.plan.RestorePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a restore would do to one target, which it asks and does not write to.
 *
 * @param plan without what stays as it is in the target; all of it, if the target cannot take it
 * @param said what the target says to it
 * @param removals what would go first, to make room
 * @param replacedAccounts names of accounts that would take the place of one in the target
 * @param leftAccounts names of those in the target that would stay as they are
 */
public record Rehearsal(
    RestorePlan plan,
    Preflight said,
    List<Removal> removals,
    Set<String> replacedAccounts,
    Set<String> leftAccounts) {

  /**
   * Something of the target that would go.
   *
   * @param kind {@code table}, {@code view}, …; {@code rows}: those of a table that stays
   */
  public record Removal(String kind, String database, String name) {
    static final String ROWS = "rows";

    @Override
    public String toString() {
      String qualified = database + "." + name;
      return kind.equals(ROWS)
          ? "delete the rows of " + qualified
          : "drop " + kind + " " + qualified;
    }
  }

  public Rehearsal {
    removals = List.copyOf(removals);
    replacedAccounts = Set.copyOf(replacedAccounts);
    leftAccounts = Set.copyOf(leftAccounts);
  }

  /** Names of accounts that would be made where there is none, in order. */
  public Set<String> newAccounts() {
    Set<String> made = new TreeSet<>();
    plan.objects(Kind.ACCOUNT).stream().map(SchemaObject::name).forEach(made::add);
    made.removeAll(replacedAccounts);
    return made;
  }
}
