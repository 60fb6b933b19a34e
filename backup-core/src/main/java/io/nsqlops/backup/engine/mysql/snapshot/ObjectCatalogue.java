package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Collects everything that is not a base table, each with the settings it was made under. */
final class ObjectCatalogue {
  private static final int INVALID_VIEW = 1356;

  private final Catalogue catalogue;
  private final SequenceState sequenceState;
  private final Predicate<SchemaObject> wanted;
  private final List<SchemaObject> objects = new ArrayList<>();

  /**
   * For one collection.
   *
   * @param wanted is asked of each object before its definition is read
   */
  ObjectCatalogue(
      Catalogue catalogue, SequenceState sequenceState, Predicate<SchemaObject> wanted) {
    this.catalogue = catalogue;
    this.sequenceState = sequenceState;
    this.wanted = wanted;
  }

  /** The wanted objects of user databases. */
  List<SchemaObject> collect() {
    for (String database : catalogue.databases()) {
      reading(
          Kind.DATABASE,
          new TableName(database, database),
          "",
          name -> objects.add(name.saying(List.of(showCreateDatabase(database)))));
    }
    sequences();
    views();
    routines();
    triggers();
    events();
    return List.copyOf(objects);
  }

  private RawText showCreateDatabase(String database) {
    List<RawText> ddl = new ArrayList<>();
    catalogue.each(
        "SHOW CREATE DATABASE " + Sql.name(database),
        List.of(),
        row -> ddl.add(RawText.of(row.getBytes(2))));
    return ddl.get(0);
  }

  private void sequences() {
    for (TableName name : catalogue.relations("SEQUENCE")) {
      reading(
          Kind.SEQUENCE,
          name,
          "",
          sequence ->
              objects.add(
                  sequence.saying(
                      List.of(
                          catalogue.showCreate("SEQUENCE", name),
                          RawText.ofUtf8(sequenceState.restore(catalogue, name))))));
    }
  }

  private void views() {
    for (TableName name : catalogue.relations("VIEW")) {
      reading(Kind.VIEW, name, "", any -> view(name));
    }
  }

  private void view(TableName name) {
    List<RawText> ddl = new ArrayList<>();
    Map<String, String> session = new LinkedHashMap<>();
    catalogue.each(
        "SHOW CREATE VIEW " + Sql.name(name),
        List.of(),
        row -> {
          ddl.add(RawText.of(row.getBytes(2)));
          session.putAll(charsets(row, 3));
        });
    String warning = invalidity();
    objects.add(new SchemaObject(Kind.VIEW, name.database(), name.table(), ddl, session, warning));
  }

  /** Reads a definition, if it is wanted; an error names the object. */
  private void reading(Kind kind, TableName name, String table, Consumer<SchemaObject> action) {
    SchemaObject named =
        new SchemaObject(kind, name.database(), name.table(), List.of(), Map.of(), "", table);
    if (wanted.test(named)) {
      try {
        action.accept(named);
      } catch (OpsException e) {
        throw MysqlErrors.whileReading(named, e);
      }
    }
  }

  /** What the server warned of when it showed a view that cannot be read; else empty. */
  private String invalidity() {
    List<String> warnings = new ArrayList<>();
    catalogue.each(
        "SHOW WARNINGS",
        List.of(),
        row -> {
          if (row.getInt(2) == INVALID_VIEW) {
            warnings.add("the view is invalid, nobody can read it");
          }
        });
    return warnings.isEmpty() ? "" : warnings.get(0);
  }

  private List<TableName> names(String sql) {
    List<TableName> names = new ArrayList<>();
    catalogue.each(
        sql,
        List.of(),
        row -> {
          if (!Catalogue.isSystem(row.getString(1))) {
            names.add(new TableName(row.getString(1), row.getString(2)));
          }
        });
    return names;
  }

  private void routines() {
    for (Kind type : Kind.ROUTINES) {
      List<TableName> names =
          names(
              "SELECT ROUTINE_SCHEMA, ROUTINE_NAME FROM information_schema.ROUTINES"
                  + " WHERE ROUTINE_TYPE='"
                  + type.sql()
                  + "' ORDER BY ROUTINE_SCHEMA, ROUTINE_NAME");
      for (TableName name : names) {
        program("SHOW CREATE " + type.sql() + " " + Sql.name(name), type, name, "", 3, 4, 0);
      }
    }
  }

  private void triggers() {
    Map<TableName, String> tables = new LinkedHashMap<>();
    catalogue.each(
        "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS"
            + " ORDER BY TRIGGER_SCHEMA, EVENT_OBJECT_TABLE, EVENT_MANIPULATION,"
            + " ACTION_TIMING, ACTION_ORDER",
        List.of(),
        row -> {
          if (!Catalogue.isSystem(row.getString(1))) {
            tables.put(new TableName(row.getString(1), row.getString(2)), row.getString(3));
          }
        });
    tables.forEach(
        (name, table) -> {
          String show = "SHOW CREATE TRIGGER " + Sql.name(name);
          program(show, Kind.TRIGGER, name, table, 3, 4, 0);
        });
  }

  private void events() {
    if (BlindSpots.hidesEvents(catalogue)) {
      return;
    }
    List<TableName> names =
        names(
            "SELECT EVENT_SCHEMA, EVENT_NAME FROM information_schema.EVENTS"
                + " ORDER BY EVENT_SCHEMA, EVENT_NAME");
    for (TableName name : names) {
      program("SHOW CREATE EVENT " + Sql.name(name), Kind.EVENT, name, "", 4, 5, 3);
    }
  }

  /** Stored programs show their sql_mode in column 2, and the rest where the arguments say. */
  private void program(
      String show,
      Kind kind,
      TableName name,
      String table,
      int ddlColumn,
      int charsetColumn,
      int zoneColumn) {
    reading(kind, name, table, named -> program(show, named, ddlColumn, charsetColumn, zoneColumn));
  }

  private void program(
      String show, SchemaObject named, int ddlColumn, int charsetColumn, int zoneColumn) {
    catalogue.each(
        show,
        List.of(),
        row -> {
          Map<String, String> session = new LinkedHashMap<>(charsets(row, charsetColumn));
          session.put("sql_mode", row.getString(2));
          if (zoneColumn > 0) {
            session.put("time_zone", row.getString(zoneColumn));
          }
          byte[] ddl = row.getBytes(ddlColumn);
          String warning =
              ddl == null ? "the body is hidden from this user: not in the backup" : "";
          List<RawText> statements = ddl == null ? List.of() : List.of(RawText.of(ddl));
          objects.add(
              new SchemaObject(
                  named.kind(),
                  named.database(),
                  named.name(),
                  statements,
                  session,
                  warning,
                  named.table()));
        });
  }

  private static Map<String, String> charsets(ResultSet row, int column) throws SQLException {
    Map<String, String> session = new LinkedHashMap<>();
    session.put("character_set_client", row.getString(column));
    session.put("collation_connection", row.getString(column + 1));
    return session;
  }
}
