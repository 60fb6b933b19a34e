package io.nsqlops.backup.plan;

import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that tables and views will have, each once, and the databases they need. */
final class TakenNames {
  private final Set<TableName> names = new HashSet<>();
  private final Set<String> databases = new HashSet<>();

  /**
   * A table gets this name.
   *
   * @return it
   * @throws OpsException USAGE if another has it
   */
  TableName take(TableName as) {
    if (!names.add(as)) {
      throw RestorePlanner.usage(as.toString(), "two tables or views would both become " + as);
    }
    databases.add(as.database());
    return as;
  }

  /** The same of a view; what has names of another kind is handed back. */
  SchemaObject take(SchemaObject object) {
    if (object.kind() == Kind.VIEW) {
      take(new TableName(object.database(), object.name()));
    }
    return object;
  }

  /** Those of the databases that are not among the objects. */
  void addMissingDatabases(List<SchemaObject> objects) {
    Set<String> missing = new HashSet<>(databases);
    objects.stream().filter(o -> o.kind() == Kind.DATABASE).forEach(o -> missing.remove(o.name()));
    for (String database : missing) {
      RawText ddl = RawText.ofUtf8("CREATE DATABASE " + QuotedName.of(database));
      objects.add(new SchemaObject(Kind.DATABASE, database, database, List.of(ddl), Map.of(), ""));
    }
  }
}
