package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Rehearsal.Removal;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tables of the target that get rows and nothing else. They must be there and fit; rows that are in
 * them are in the way as whole tables are otherwise: refused, left as they are, or replaced.
 */
final class FilledTables {
  private final SnapshotImporter importer;
  private final Progress progress;

  FilledTables(SnapshotImporter importer, Progress progress) {
    this.importer = importer;
    this.progress = progress;
  }

  /**
   * Decides which tables are filled.
   *
   * @param ours those that this restore has begun to fill already
   */
  RestorePlan settle(RestorePlan plan, Existing existing, Set<TableName> ours) {
    List<String> unfit = new ArrayList<>();
    List<TableRestore> chosen = new ArrayList<>();
    for (TableRestore table : plan.tables()) {
      importer
          .unfit(table.source().table(), table.as())
          .ifPresentOrElse(unfit::add, () -> chosen.add(table));
    }
    if (!unfit.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          plan.backupId(),
          "rows cannot go into tables as they are: " + String.join("; ", unfit),
          "mend the tables, make them with --schema-only, or leave them out with --exclude");
    }
    if (existing != Existing.REPLACE) {
      List<TableRestore> full =
          chosen.stream()
              .filter(t -> !ours.contains(t.as()) && importer.holdsRows(t.as()))
              .toList();
      if (existing == Existing.FAIL && !full.isEmpty()) {
        throw holdRows(full);
      }
      full.forEach(t -> progress.warning("left as it is: " + t.as()));
      chosen.removeAll(full);
    }
    return plan.of(chosen, List.of());
  }

  private static OpsException holdRows(List<TableRestore> full) {
    String first = full.get(0).as().toString();
    return new OpsException(
        ErrorKind.USAGE,
        first,
        full.size() + " of the tables to fill hold rows, " + first + " among them",
        "choose --existing replace (deletes their rows first) or skip, or restore into others with"
            + " --rename");
  }

  /**
   * What {@link #adopt} would empty.
   *
   * @param ours those that this restore has begun to fill already
   */
  List<Removal> removals(RestorePlan plan, Set<TableName> ours) {
    return plan.tables().stream()
        .map(TableRestore::as)
        .filter(t -> !ours.contains(t) && importer.holdsRows(t))
        .map(t -> new Removal(Removal.ROWS, t.database(), t.table()))
        .toList();
  }

  /** Empties and marks those that are not ours yet. */
  void adopt(RestorePlan plan, Set<TableName> ours) {
    plan.tables().stream()
        .map(TableRestore::as)
        .filter(t -> !ours.contains(t))
        .forEach(importer::adopt);
  }
}
