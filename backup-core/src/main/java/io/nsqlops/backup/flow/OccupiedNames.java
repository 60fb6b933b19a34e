package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Rehearsal.Removal;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Relation;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tables, views, sequences and programs of the target that stand where a restore would make its
 * own.
 */
final class OccupiedNames {
  private final SnapshotImporter importer;
  private final Progress progress;

  /** What was in the target before this restore began, even if it was interrupted since. */
  private final Map<TableName, Relation> foreign;

  private final Set<String> foreignPrograms = new HashSet<>();

  /**
   * Asks the target.
   *
   * @param resuming whether some of it is this restore's own work
   */
  OccupiedNames(SnapshotImporter importer, Progress progress, boolean resuming) {
    this.importer = importer;
    this.progress = progress;
    this.foreign = new HashMap<>(importer.existing());
    importer.programs().stream()
        .filter(p -> !resuming || !importer.made(p))
        .forEach(p -> foreignPrograms.add(key(p)));
    if (resuming) {
      foreign.keySet().removeAll(importer.made());
      foreign.keySet().removeIf(this::madeOtherwise);
    }
  }

  /** Names of programs ignore case. */
  private static String key(SchemaObject program) {
    return program.kind()
        + " "
        + program.database()
        + '.'
        + program.name().toLowerCase(Locale.ROOT);
  }

  private boolean isInTheWay(SchemaObject object) {
    return Kind.PROGRAMS.contains(object.kind()) && foreignPrograms.contains(key(object));
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
    taken.retainAll(foreign.keySet());
    List<SchemaObject> programs = plan.objects().stream().filter(this::isInTheWay).toList();
    int number = taken.size() + programs.size();
    if (number == 0 || existing == Existing.REPLACE) {
      return plan;
    }
    if (existing == Existing.SKIP) {
      taken.forEach(t -> progress.warning("left as it is: " + t));
      programs.forEach(p -> progress.warning("left as it is: " + p));
      RestorePlan rest = plan.without(Set.copyOf(taken));
      tellMissingTriggers(plan, Set.copyOf(taken));
      List<SchemaObject> objects = new ArrayList<>(rest.objects());
      objects.removeIf(this::isInTheWay);
      return rest.of(rest.tables(), objects);
    }
    String first = (taken.isEmpty() ? programs.get(0) : taken.get(0)).toString();
    throw new OpsException(
        ErrorKind.USAGE,
        first,
        number
            + " of the tables, views and programs to restore exist already, "
            + first
            + " among them",
        "choose --existing replace (drops them first) or skip, leave them out with --exclude, or"
            + " restore under another name with --rename");
  }

  /**
   * A restore that was done in part may have left them out: whoever runs it again waits for them.
   */
  private void tellMissingTriggers(RestorePlan plan, Set<TableName> taken) {
    List<SchemaObject> left =
        plan.objects(Kind.TRIGGER).stream()
            .filter(t -> taken.contains(new TableName(t.database(), t.table())))
            .toList();
    if (left.isEmpty()) {
      return;
    }
    Set<TableName> there = importer.triggers();
    left.stream()
        .filter(t -> !there.contains(t.qualifiedName()))
        .forEach(
            t ->
                progress.warning(
                    "%s is not there and is not made: its table %s is left as it is"
                        .formatted(t, t.table())));
  }

  /** What {@link #drop} would find and drop. */
  List<Removal> removals(RestorePlan plan) {
    Stream<TableName> names =
        Stream.of(
                plan.tables().stream().map(RestorePlan.TableRestore::as),
                plan.objects(Kind.VIEW).stream().map(SchemaObject::qualifiedName),
                plan.objects(Kind.SEQUENCE).stream().map(SchemaObject::qualifiedName))
            .flatMap(n -> n);
    List<Removal> removals = new ArrayList<>();
    names.forEach(
        name ->
            Optional.ofNullable(foreign.get(name))
                .map(there -> new Removal(there.text(), name.database(), name.table()))
                .ifPresent(removals::add));
    plan.objects(Kind.PROGRAMS).stream()
        .filter(this::isInTheWay)
        .map(p -> new Removal(p.kind().text(), p.database(), p.name()))
        .forEach(removals::add);
    return removals;
  }

  /** Makes room for the plan: drops what has a name of it, programs and events too. */
  void drop(RestorePlan plan) {
    plan.tables().stream()
        .map(RestorePlan.TableRestore::as)
        .filter(foreign::containsKey)
        .forEach(importer::drop);
    plan.objects(Kind.VIEW).stream()
        .map(SchemaObject::qualifiedName)
        .filter(foreign::containsKey)
        .forEach(importer::drop);
    plan.objects(Kind.SEQUENCE).stream()
        .filter(s -> foreign.containsKey(s.qualifiedName()))
        .forEach(importer::drop);
    Kind.PROGRAMS.stream().flatMap(kind -> plan.objects(kind).stream()).forEach(importer::drop);
  }
}
