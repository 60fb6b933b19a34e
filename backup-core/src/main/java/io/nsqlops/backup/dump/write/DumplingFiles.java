package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.dump.DumpNames;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layout of Dumpling and mydumper: definitions in files of their own beside the rows. */
public final class DumplingFiles {
  private final ExportDirectory directory;
  private final String engine;

  public DumplingFiles(ExportDirectory directory, String engine) {
    this.directory = directory;
    this.engine = engine;
  }

  /** All that is not a table. Accounts have no place in this layout. */
  public void objects(List<SchemaObject> objects) {
    Map<String, List<SchemaObject>> shared = new LinkedHashMap<>();
    for (SchemaObject object : objects) {
      String database = DumpNames.encode(object.database());
      String own = database + "." + DumpNames.encode(object.name());
      switch (object.kind()) {
        case DATABASE -> database(object, database);
        case SEQUENCE -> join(shared, own + "-schema-sequence", object);
        case VIEW -> view(object, own);
        case TRIGGER -> {
          String table = object.table().isEmpty() ? object.name() : object.table();
          join(shared, database + "." + DumpNames.encode(table) + "-schema-triggers", object);
        }
        case FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, EVENT ->
            join(shared, database + "-schema-post", object);
        case ACCOUNT, GRANTS -> {
          // --users is refused for this layout
        }
      }
    }
    shared.forEach(this::write);
  }

  private static void join(
      Map<String, List<SchemaObject>> files, String name, SchemaObject object) {
    files.computeIfAbsent(name, n -> new ArrayList<>()).add(object);
  }

  private void database(SchemaObject object, String encoded) {
    try (ExportFile file = directory.file(encoded + "-schema-create.sql")) {
      file.write(ObjectScript.createDatabase(object));
      file.finish();
    }
  }

  private void view(SchemaObject view, String own) {
    ObjectScript.standInTable(view)
        .ifPresent(
            standIn -> {
              try (ExportFile file = directory.file(own + "-schema.sql")) {
                file.write(Settings.of(engine) + Settings.use(view.database()));
                file.write(standIn);
                file.finish();
              }
            });
    try (ExportFile file = directory.file(own + "-schema-view.sql")) {
      file.write(Settings.of(engine) + Settings.use(view.database()));
      file.write("DROP TABLE IF EXISTS " + SqlText.name(view.name()) + ";\n");
      file.write("DROP VIEW IF EXISTS " + SqlText.name(view.name()) + ";\n");
      ObjectScript.write(file, view);
      file.finish();
    }
  }

  private void write(String name, List<SchemaObject> objects) {
    try (ExportFile file = directory.file(name + ".sql")) {
      file.write(Settings.of(engine) + Settings.use(objects.get(0).database()));
      objects.forEach(o -> ObjectScript.write(file, o));
      file.finish();
    }
  }

  /** The definition of a table. */
  public void table(Table table, TableName as) {
    try (ExportFile file = directory.file(prefix(as) + "-schema.sql")) {
      file.write(Settings.of(engine) + Settings.use(as.database()));
      RawText ddl = SqlText.createTable(table.ddl(), as.table());
      file.write(ddl);
      file.write(";\n");
      file.finish();
    }
  }

  /** How a data file begins; what is not an INSERT is a comment, which Lightning passes over. */
  public String dataHead(TableName as) {
    return Settings.of(engine) + "/*!40101 " + Settings.use(as.database()).replace(";\n", " */;\n");
  }

  /** The name of a data file, by its number from 1. */
  public static String dataFile(TableName as, int number, String extension) {
    return "%s.%09d.%s".formatted(prefix(as), number, extension);
  }

  private static String prefix(TableName name) {
    return DumpNames.encode(name.database()) + "." + DumpNames.encode(name.table());
  }
}
