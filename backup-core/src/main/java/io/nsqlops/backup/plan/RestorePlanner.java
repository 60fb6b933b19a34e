package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
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
      wanted.add(new RestorePlan.TableRestore(table, as));
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
      case ACCOUNT -> accounts;
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
      RawText ddl = RawText.ofUtf8("CREATE DATABASE " + quoted(database));
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

  /** Moves an object with its database: the qualified names in its text follow. */
  private SchemaObject renamed(SchemaObject object) {
    String from = object.database();
    String to = renamed(from);
    if (from.equals(to)) {
      return object;
    }
    String suffix = object.kind() == Kind.DATABASE ? "" : ".";
    List<RawText> statements =
        object.statements().stream()
            .map(s -> replaced(s, quoted(from) + suffix, quoted(to) + suffix))
            .toList();
    String name = object.kind() == Kind.DATABASE ? to : object.name();
    return new SchemaObject(
        object.kind(), to, name, statements, object.session(), object.warning());
  }

  private static RawText replaced(RawText text, String from, String to) {
    String latin1 = new String(text.bytes(), StandardCharsets.ISO_8859_1);
    return RawText.of(
        latin1.replace(latin1(from), latin1(to)).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static OpsException usage(String object, String message) {
    return new OpsException(
        ErrorKind.USAGE,
        object,
        message,
        "see --include, --exclude and --rename, and `nsql-ops show`");
  }
}
