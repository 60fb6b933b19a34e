package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.plan.rename.RenamedObjects;
import io.nsqlops.backup.plan.rename.Renames;
import io.nsqlops.backup.plan.rename.UnmatchedRenames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides what of a backup is restored, and under which names. */
public final class RestorePlanner {
  private final Selection selection;
  private final List<String> notes = new ArrayList<>();
  private final Renames renames;
  private final boolean accounts;
  private final RenamedObjects renamed;
  private Content content = Content.ALL;
  private DefinerPolicy definers = DefinerPolicy.KEEP;

  /**
   * Settings of one restore.
   *
   * @param renames {@code db} to {@code db2}, or {@code db.table} to {@code db.table2}
   * @param accounts whether users and grants are restored too
   */
  public RestorePlanner(Selection selection, Map<String, String> renames, boolean accounts) {
    this.selection = selection;
    this.renames = new Renames(renames);
    this.accounts = accounts;
    this.renamed = new RenamedObjects(this.renames, notes::add);
  }

  /** Takes definitions or rows alone. */
  public RestorePlanner only(Content wanted) {
    content = wanted;
    return this;
  }

  /** Says whom views and programs run as; without it, as whom they did. */
  public RestorePlanner definers(DefinerPolicy policy) {
    definers = policy;
    return this;
  }

  /** Plans with all of a manifest that matters; USAGE also if it has not what is asked for. */
  public RestorePlan plan(Manifest manifest, List<TableBackup> tables, List<SchemaObject> objects) {
    Content held = manifest.scope().content();
    if (held != Content.ALL && content != Content.ALL && held != content) {
      throw new OpsException(
          ErrorKind.USAGE,
          manifest.id(),
          "backup %s holds %s only".formatted(manifest.id(), held.text()),
          "restore another backup, or leave --schema-only and --data-only out");
    }
    Content both = held == Content.ALL ? content : held;
    return plan(manifest.id(), tables, objects, both, manifest.server());
  }

  /** Plans; USAGE if nothing is left to restore or two tables get one name. */
  public RestorePlan plan(String backupId, List<TableBackup> tables, List<SchemaObject> objects) {
    return plan(backupId, tables, objects, content, new ServerInfo("", "", ""));
  }

  private RestorePlan plan(
      String backupId,
      List<TableBackup> tables,
      List<SchemaObject> objects,
      Content side,
      ServerInfo source) {
    notes.clear();
    requirePatterns(backupId, tables, objects);
    TakenNames taken = new TakenNames();
    UnmatchedRenames unmatched = new UnmatchedRenames(renames);
    List<RestorePlan.TableRestore> wanted = new ArrayList<>();
    List<SchemaObject> others = new ArrayList<>();
    List<TableBackup> chosen =
        tables.stream().filter(t -> selection.includes(t.table().name())).toList();
    for (TableBackup table : chosen) {
      unmatched.restored(table.table().name());
      TableBackup held = side == Content.SCHEMA ? table.withoutRows() : table;
      wanted.add(
          new RestorePlan.TableRestore(
              renamed.renamed(held), taken.take(renames.table(table.table().name()))));
    }
    if (side != Content.DATA) {
      for (SchemaObject object : wanted(objects, chosen)) {
        unmatched.restored(object);
        others.add(taken.take(renamed.renamed(object)));
      }
      taken.addMissingDatabases(others);
    }
    if (wanted.isEmpty() && others.isEmpty()) {
      throw usage(backupId, "nothing in backup " + backupId + " fits the selection");
    }
    unmatched.require(backupId);
    notes.addAll(unmatched.warnings());
    tellOfDefiners(backupId, others);
    others.replaceAll(definers::apply);
    return new RestorePlan(backupId, wanted, others, side, source);
  }

  private void requirePatterns(
      String backupId, List<TableBackup> tables, List<SchemaObject> objects) {
    UnmatchedPatterns unmatched =
        UnmatchedPatterns.of(selection)
            .without(tables.stream().map(t -> t.table().name()).toList())
            .withoutObjects(objects);
    unmatched.requireIncluded("backup " + backupId);
    notes.addAll(unmatched.warnings("backup " + backupId));
  }

  private void tellOfDefiners(String backupId, List<SchemaObject> objects) {
    Set<Definer> strange = new HashSet<>(definers.map().keySet());
    objects.forEach(o -> strange.removeAll(definers.of(o)));
    strange.stream()
        .map(Definer::toString)
        .sorted()
        .forEach(
            d ->
                notes.add(
                    "nothing that is restored of backup %s has the definer %s of --definer-map"
                        .formatted(backupId, d)));
  }

  private List<SchemaObject> wanted(List<SchemaObject> objects, List<TableBackup> tables) {
    NeededSequences needed = new NeededSequences();
    tables.forEach(t -> needed.of(t.table()));
    return objects.stream().filter(o -> isWanted(o, needed)).toList();
  }

  private boolean isWanted(SchemaObject object, NeededSequences needed) {
    if (object.statements().isEmpty()) {
      return false;
    }
    return switch (object.kind()) {
      case ACCOUNT, GRANTS -> accounts;
      case DATABASE, SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, TRIGGER, EVENT ->
          selection.includes(object) || (needed.contains(object) && !selection.excludes(object));
    };
  }

  /** What is to be known of the last plan before it is carried out. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  static OpsException usage(String object, String message) {
    return new OpsException(
        ErrorKind.USAGE,
        object,
        message,
        "see --include, --exclude and --rename, and `nsql-ops show`");
  }
}
