package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tables, views and sequences of the target that stand where a restore would make its own. */
final class OccupiedNames {
  private final SnapshotImporter importer;
  private final Progress progress;

  /** What was in the target before this restore began, even if it was interrupted since. */
  private final Set<TableName> foreign;

  /**
   * Asks the target.
   *
   * @param resuming whether some of it is this restore's own work
   */
  OccupiedNames(SnapshotImporter importer, Progress progress, boolean resuming) {
    this.importer = importer;
    this.progress = progress;
    this.foreign = new HashSet<>(importer.existing());
    if (resuming) {
      foreign.removeAll(importer.made());
      foreign.removeIf(this::madeOtherwise);
    }
  }

  private boolean madeOtherwise(TableName name) {
    return Stream.of(Kind.VIEW, Kind.SEQUENCE)
        .map(k -> new SchemaObject(k, name.database(), name.table(), List.of(), Map.of(), ""))
        .anyMatch(importer::made);
  }

  /**
   * Decides what becomes of them: refused, left as they are, or dropped later.
   *
   * @return what is to be restored
   */
  RestorePlan settle(RestorePlan plan, Existing existing) {
    List<TableName> taken = new ArrayList<>();
    plan.tables().stream().map(RestorePlan.TableRestore::as).forEach(taken::add);
    plan.objects().stream()
        .filter(SchemaObject::isRelation)
        .forEach(o -> taken.add(o.qualifiedName()));
    taken.retainAll(foreign);
    if (taken.isEmpty() || existing == Existing.REPLACE) {
      return plan;
    }
    if (existing == Existing.SKIP) {
      taken.forEach(t -> progress.warning("left as it is: " + t));
      return plan.without(Set.copyOf(taken));
    }
    String first = taken.get(0).toString();
    throw new OpsException(
        ErrorKind.USAGE,
        first,
        taken.size()
            + " of the tables and views to restore exist already, "
            + first
            + " among them",
        "choose --existing replace (drops them first) or skip, leave them out with --exclude, or"
            + " restore under another name with --rename");
  }

  /** Makes room for the plan: drops what has a name of it, programs and events too. */
  void drop(RestorePlan plan) {
    plan.tables().stream()
        .map(RestorePlan.TableRestore::as)
        .filter(foreign::contains)
        .forEach(importer::drop);
    plan.objects(Kind.VIEW).stream()
        .map(SchemaObject::qualifiedName)
        .filter(foreign::contains)
        .forEach(importer::drop);
    plan.objects(Kind.SEQUENCE).stream()
        .filter(s -> foreign.contains(s.qualifiedName()))
        .forEach(importer::drop);
    Stream.concat(Kind.ROUTINES.stream(), Stream.of(Kind.EVENT))
        .flatMap(kind -> plan.objects(kind).stream())
        .forEach(importer::drop);
  }
}
