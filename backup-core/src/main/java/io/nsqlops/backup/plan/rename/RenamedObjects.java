package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.function.Consumer;

/** What is restored under other names: names in definitions follow as far as they can be told. */
public final class RenamedObjects {
  private final Renames renames;
  private final StalePrograms stale;
  private final MovedNames moved;
  private final MovedGrants movedGrants;

  /**
   * @param notes takes what is to be known of texts that do not follow
   */
  public RenamedObjects(Renames renames, Consumer<String> notes) {
    this.renames = renames;
    this.stale = new StalePrograms(renames, notes);
    this.moved = new MovedNames(renames);
    this.movedGrants = new MovedGrants(renames.names(), renames::table);
  }

  /** The names in a table's definition follow: sequences and tables of other databases. */
  public TableBackup renamed(TableBackup backup) {
    Table table = backup.table();
    return backup.defined(moved.table(table.ddl(), table.name()));
  }

  /**
   * Moves an object with its database, a trigger with its table: the qualified names in its text
   * follow.
   */
  public SchemaObject renamed(SchemaObject object) {
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
      statements = stale.watched(object, as, statements);
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

  static boolean isTrigger(SchemaObject object) {
    return object.kind() == Kind.TRIGGER && !object.table().isEmpty();
  }

  private RawText moved(SchemaObject object, RawText statement) {
    return switch (object.kind()) {
      case DATABASE -> moved.bare(statement);
      case ACCOUNT -> statement;
      case GRANTS -> movedGrants.moved(statement);
      case VIEW -> moved.view(statement, object.quoting());
      case SEQUENCE, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, TRIGGER, EVENT ->
          moved.qualified(statement, object.quoting());
    };
  }
}
