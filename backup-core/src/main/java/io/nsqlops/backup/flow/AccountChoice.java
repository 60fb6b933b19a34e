package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.plan.RestorePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which accounts of a plan are made. One that is in the target stays as it is, with its rights, and
 * is replaced only if that is asked for; the account that restores, and its roles, never are.
 *
 * @param plan without the accounts that stay
 * @param replaced names of those that take the place of one in the target
 * @param left names of those that stay
 * @param already those that this restore made before it was interrupted and must not make anew:
 *     one's own by now. They still get their rights.
 */
record AccountChoice(
    RestorePlan plan, Set<String> replaced, Set<String> left, List<SchemaObject> already) {

  static AccountChoice of(
      RestorePlan plan, SnapshotImporter target, boolean resuming, boolean replacing) {
    List<SchemaObject> wanted = plan.objects(Kind.ACCOUNT);
    if (wanted.isEmpty()) {
      return new AccountChoice(plan, Set.of(), Set.of(), List.of());
    }
    Set<String> there = target.accounts();
    Set<String> own = target.ownAccounts();
    Set<String> replaced = new HashSet<>();
    Set<String> left = new TreeSet<>();
    List<SchemaObject> already = new ArrayList<>();
    for (SchemaObject account : wanted) {
      String name = account.name();
      if (!there.contains(name)) {
        continue;
      }
      boolean made = resuming && target.made(account);
      if (made && own.contains(name)) {
        already.add(account);
      } else if (!made && replacing && !own.contains(name)) {
        replaced.add(name);
      } else if (!made) {
        left.add(name);
      }
    }
    List<SchemaObject> objects = new ArrayList<>(plan.objects());
    objects.removeIf(o -> isAccount(o) && left.contains(o.name()));
    objects.removeAll(already);
    return new AccountChoice(plan.of(plan.tables(), objects), replaced, left, already);
  }

  private static boolean isAccount(SchemaObject object) {
    return object.kind() == Kind.ACCOUNT || object.kind() == Kind.GRANTS;
  }
}
