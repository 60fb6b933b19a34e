package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides what of a backup is restored, and under which names. */
public final class RestorePlanner {
  private final Selection selection;
  private final Map<String, String> renames;
  private final boolean accounts;
  private final MovedNames moved;
  private final MovedGrants movedGrants;

  /**
   * Settings of one restore.
   *
   * @param renames {@code db} to {@code db2}, or {@code db.table} to {@code db.table2}
   * @param accounts whether users and grants are restored too
   */
  public RestorePlanner(Selection selection, Map<String, String> renames, boolean accounts) {
    this.selection = selection;
    this.renames = Map.copyOf(renames);
    this.accounts = accounts;
    this.moved = new MovedNames(renames);
    this.movedGrants = new MovedGrants(renames, this::renamed);
  }

  /** Plans; USAGE if nothing is left to restore or two tables get one name. */
  public RestorePlan plan(String backupId, List<TableBackup> tables, List<SchemaObject> objects) {
    List<RestorePlan.TableRestore> wanted = new ArrayList<>();
    Set<TableName> targets = new HashSet<>();
    Set<String> databases = new HashSet<>();
    for (TableBackup table : tables) {
      TableName name = table.table().name();
      if (!selection.includes(name)) {
        continue;
      }
      TableName as = renamed(name);
      if (!targets.add(as)) {
        throw usage(as.toString(), "two tables would both become " + as);
      }
      databases.add(as.database());
      wanted.add(new RestorePlan.TableRestore(moved(table), as));
    }
    List<SchemaObject> others = new ArrayList<>();
    for (SchemaObject object : objects) {
      if (isWanted(object)) {
        others.add(renamed(object));
      }
    }
    addMissingDatabases(databases, others);
    if (wanted.isEmpty() && others.isEmpty()) {
      throw usage(backupId, "nothing in backup " + backupId + " fits the selection");
    }
    return new RestorePlan(backupId, wanted, others);
  }

  private boolean isWanted(SchemaObject object) {
    if (object.statements().isEmpty()) {
      return false;
    }
    return switch (object.kind()) {
      case ACCOUNT, GRANTS -> accounts;
      case DATABASE -> selection.includesDatabase(object.name());
      case SEQUENCE, FUNCTION, PROCEDURE, VIEW, TRIGGER, EVENT ->
          selection.includes(new TableName(object.database(), object.name()));
    };
  }

  private static void addMissingDatabases(Set<String> databases, List<SchemaObject> objects) {
    objects.stream()
        .filter(o -> o.kind() == Kind.DATABASE)
        .forEach(o -> databases.remove(o.name()));
    for (String database : databases) {
      RawText ddl = RawText.ofUtf8("CREATE DATABASE " + MovedNames.quoted(database));
      objects.add(new SchemaObject(Kind.DATABASE, database, database, List.of(ddl), Map.of(), ""));
    }
  }

  private TableName renamed(TableName name) {
    String exact = renames.get(name.toString());
    if (exact != null) {
      int dot = exact.indexOf('.');
      return dot < 0
          ? new TableName(name.database(), exact)
          : new TableName(exact.substring(0, dot), exact.substring(dot + 1));
    }
    return new TableName(renamed(name.database()), name.table());
  }

  private String renamed(String database) {
    return renames.getOrDefault(database, database);
  }

  /** The names in a table's definition follow: sequences and tables of other databases. */
  private TableBackup moved(TableBackup backup) {
    Table table = backup.table();
    Table followed =
        new Table(
            table.name(),
            table.columns(),
            table.keyColumns(),
            table.splittable(),
            moved.qualified(table.ddl()));
    return new TableBackup(followed, backup.targetShift(), backup.chunks(), backup.rowsDigest());
  }

  /** Moves an object with its database: the qualified names in its text follow. */
  private SchemaObject renamed(SchemaObject object) {
    boolean isDatabase = object.kind() == Kind.DATABASE;
    List<RawText> statements =
        object.statements().stream().map(s -> moved(object.kind(), s)).toList();
    return new SchemaObject(
        object.kind(),
        renamed(object.database()),
        isDatabase ? renamed(object.name()) : object.name(),
        statements,
        object.session(),
        object.warning());
  }

  private RawText moved(Kind kind, RawText statement) {
    return switch (kind) {
      case DATABASE -> moved.bare(statement);
      case ACCOUNT -> statement;
      case GRANTS -> movedGrants.moved(statement);
      case SEQUENCE, FUNCTION, PROCEDURE, VIEW, TRIGGER, EVENT -> moved.qualified(statement);
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
