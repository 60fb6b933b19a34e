package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Decides what of a backup is restored, and under which names. */
public final class RestorePlanner {
  private final Selection selection;

  /** As SHOW CREATE EVENT prints it, in front of the comment and the body. */
  private static final Pattern ENABLED =
      Pattern.compile("(ON COMPLETION (?:NOT )?PRESERVE )ENABLE\\b");

  private final List<String> notes = new ArrayList<>();
  private final Renames renames;
  private final boolean accounts;
  private final MovedNames moved;
  private final MovedGrants movedGrants;
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
    this.moved = new MovedNames(this.renames);
    this.movedGrants = new MovedGrants(renames, this.renames::table);
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
    UnmatchedPatterns unmatched =
        UnmatchedPatterns.of(selection)
            .without(tables.stream().map(t -> t.table().name()).toList())
            .withoutObjects(objects);
    unmatched.requireIncluded("backup " + backupId);
    notes.clear();
    notes.addAll(unmatched.warnings("backup " + backupId));
    List<RestorePlan.TableRestore> wanted = new ArrayList<>();
    Set<TableName> targets = new HashSet<>();
    Set<String> databases = new HashSet<>();
    UnmatchedRenames unmatchedNames = new UnmatchedRenames(renames);
    NeededSequences needed = new NeededSequences();
    for (TableBackup table : tables) {
      TableName name = table.table().name();
      if (!selection.includes(name)) {
        continue;
      }
      TableName as = renames.table(name);
      if (!targets.add(as)) {
        throw usage(as.toString(), "two tables or views would both become " + as);
      }
      databases.add(as.database());
      unmatchedNames.restored(name);
      needed.of(table.table());
      TableBackup held = side == Content.SCHEMA ? table.withoutRows() : table;
      wanted.add(new RestorePlan.TableRestore(moved(held), as));
    }
    List<SchemaObject> others = new ArrayList<>();
    Set<Definer> strange = new HashSet<>(definers.map().keySet());
    for (SchemaObject object : objects) {
      if (side != Content.DATA && isWanted(object, needed)) {
        SchemaObject as = renamed(object);
        if (as.kind() == Kind.VIEW) {
          databases.add(as.database());
          TableName name = new TableName(as.database(), as.name());
          if (!targets.add(name)) {
            throw usage(name.toString(), "two tables or views would both become " + name);
          }
        }
        unmatchedNames.restored(object);
        strange.removeAll(definers.of(as));
        others.add(definers.apply(as));
      }
    }
    if (side != Content.DATA) {
      addMissingDatabases(databases, others);
    }
    if (wanted.isEmpty() && others.isEmpty()) {
      throw usage(backupId, "nothing in backup " + backupId + " fits the selection");
    }
    unmatchedNames.require(backupId);
    notes.addAll(unmatchedNames.warnings());
    strange.stream()
        .map(Definer::toString)
        .sorted()
        .forEach(
            d ->
                notes.add(
                    "nothing that is restored of backup %s has the definer %s of --definer-map"
                        .formatted(backupId, d)));
    return new RestorePlan(backupId, wanted, others, side, source);
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

  private static void addMissingDatabases(Set<String> databases, List<SchemaObject> objects) {
    objects.stream()
        .filter(o -> o.kind() == Kind.DATABASE)
        .forEach(o -> databases.remove(o.name()));
    for (String database : databases) {
      RawText ddl = RawText.ofUtf8("CREATE DATABASE " + QuotedName.of(database));
      objects.add(new SchemaObject(Kind.DATABASE, database, database, List.of(ddl), Map.of(), ""));
    }
  }

  /** The names in a table's definition follow: sequences and tables of other databases. */
  private TableBackup moved(TableBackup backup) {
    Table table = backup.table();
    return backup.defined(moved.table(table.ddl(), table.name()));
  }

  /**
   * Moves an object with its database, a trigger with its table: the qualified names in its text
   * follow.
   */
  private SchemaObject renamed(SchemaObject object) {
    TableName table = new TableName(object.database(), object.table());
    TableName tableAs = renames.table(table);
    boolean movesWithTable = isTrigger(object) && !tableAs.equals(table);
    TableName as =
        isTrigger(object) ? new TableName(tableAs.database(), object.name()) : as(object);
    List<RawText> statements =
        object.statements().stream()
            .map(s -> moved(object, s))
            .map(s -> movesWithTable ? TriggerHeader.moved(s, object.name(), tableAs) : s)
            .toList();
    if (Kind.AFTER_ROWS.contains(object.kind())) {
      tellOfTables(object, as);
      if (!as.database().equals(object.database())) {
        statements = watched(object, as, statements);
      }
    }
    return new SchemaObject(
        object.kind(),
        as.database(),
        as.table(),
        statements,
        object.session(),
        object.warning(),
        isTrigger(object) ? tableAs.table() : "");
  }

  /** Programs name tables of their own database without it, which means another after a rename. */
  private void tellOfTables(SchemaObject object, TableName as) {
    if (object.kind() == Kind.VIEW) {
      return; // the server writes the names of a view out
    }
    TableName table = new TableName(object.database(), object.table());
    if (isTrigger(object)
        && renames.nameTable(table)
        && !as.database().equals(renames.database(object.database()))) {
      notes.add(
          "trigger %s goes to database %s with its table: what it names without a database is looked for there"
              .formatted(as, as.database()));
    }
    for (String from : new TreeMap<>(renames.names()).keySet()) {
      String prefix = object.database() + ".";
      String name = from.startsWith(prefix) ? from.substring(prefix.length()) : "";
      if (!name.isEmpty()
          && object.statements().stream()
              .anyMatch(s -> StaleNames.nameTable(name, body(object, s), object.quoting()))) {
        notes.add(
            "%s %s names %s, which is restored under another name: look whether it means that table"
                .formatted(object.kind().text(), as, name));
      }
    }
  }

  /** A trigger names its table in its head, and that follows. */
  private static RawText body(SchemaObject object, RawText statement) {
    return isTrigger(object) ? TriggerHeader.body(statement) : statement;
  }

  /**
   * Names without quotes do not follow: what still names the database it comes from would work on
   * that. An event would do so by itself, so it is restored disabled.
   */
  private List<RawText> watched(SchemaObject object, TableName as, List<RawText> statements) {
    boolean still =
        statements.stream()
            .anyMatch(s -> StaleNames.nameDatabase(object.database(), s, object.quoting()));
    if (!still) {
      return statements;
    }
    boolean event = object.kind() == Kind.EVENT;
    notes.add(
        "%s %s still names database %s in its text, and works on that%s"
            .formatted(
                object.kind().text(),
                as,
                object.database(),
                event ? ": it is restored disabled" : ""));
    return event ? statements.stream().map(RestorePlanner::disabled).toList() : statements;
  }

  private static RawText disabled(RawText event) {
    return RawText.ofLatin1(ENABLED.matcher(event.latin1()).replaceFirst("$1DISABLE"));
  }

  /** What is to be known of the last plan before it is carried out. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The name of what belongs to no table. */
  private TableName as(SchemaObject object) {
    TableName own = new TableName(object.database(), object.name());
    String database = renames.database(object.database());
    return switch (object.kind()) {
      case DATABASE -> new TableName(database, renames.database(object.name()));
      case VIEW -> renames.table(own);
      case SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, TRIGGER, EVENT, ACCOUNT, GRANTS ->
          new TableName(database, object.name());
    };
  }

  private static boolean isTrigger(SchemaObject object) {
    return object.kind() == Kind.TRIGGER && !object.table().isEmpty();
  }

  private RawText moved(SchemaObject object, RawText statement) {
    return switch (object.kind()) {
      case DATABASE -> moved.bare(statement);
      case ACCOUNT -> statement;
      case GRANTS -> movedGrants.moved(statement);
      case SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, VIEW, TRIGGER, EVENT ->
          moved.qualified(statement, object.quoting());
    };
  }

  private static OpsException usage(String object, String message) {
    return new OpsException(
        ErrorKind.USAGE,
        object,
        message,
        "see --include, --exclude and --rename, and `nsql-ops show`");
  }
}
