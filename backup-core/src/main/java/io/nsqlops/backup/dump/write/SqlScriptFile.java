package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;

/** One script of everything, in the manner of mysqldump. */
public final class SqlScriptFile {
  private final ExportFile file;
  private final Manifest manifest;
  private String database = "";

  public SqlScriptFile(ExportFile file, Manifest manifest) {
    this.file = file;
    this.manifest = manifest;
  }

  public void begin(List<SchemaObject> objects) {
    comment("nsql-ops backup " + manifest.id());
    comment(
        "of "
            + manifest.server().address()
            + " ("
            + manifest.server().engine()
            + " "
            + manifest.server().version()
            + ") at "
            + manifest.snapshot().time()
            + ", "
            + manifest.snapshot().position());
    manifest.restriction().ifPresent(this::comment);
    file.write(Settings.begin(manifest.server().engine()) + "\n");
    for (SchemaObject object : objects) {
      if (object.kind() == Kind.DATABASE) {
        file.write(ObjectScript.createDatabase(object));
      }
    }
    // before the tables, some of which take values from them
    all(objects, Kind.SEQUENCE);
  }

  public void table(Table table, TableName as) {
    use(as.database());
    comment("table " + as);
    file.write(SqlText.createTable(table.ddl(), as.table()));
    file.write(";\n");
  }

  /** What comes after the rows. */
  public void end(List<SchemaObject> objects, List<String> leftOut) {
    leftOut.forEach(name -> comment("account " + name + ": only with --users"));
    all(objects, Kind.ACCOUNT);
    Kind.ROUTINES.forEach(kind -> all(objects, kind));
    for (SchemaObject object : objects) {
      if (object.kind() == Kind.VIEW) {
        use(object.database());
        ObjectScript.standInView(object).ifPresent(file::write);
      }
    }
    all(objects, Kind.VIEW);
    all(objects, Kind.TRIGGER);
    all(objects, Kind.EVENT);
    all(objects, Kind.GRANTS);
    file.write("\n" + Settings.end(manifest.server().engine()));
    comment("complete");
  }

  private void all(List<SchemaObject> objects, Kind kind) {
    for (SchemaObject object : objects) {
      if (object.kind() == kind) {
        if (!object.database().isEmpty()) {
          use(object.database());
        }
        comment(object.toString());
        if (kind == Kind.VIEW) {
          file.write("DROP VIEW IF EXISTS " + SqlText.name(object.name()) + ";\n");
        }
        ObjectScript.write(file, kind == Kind.ACCOUNT ? unlessThere(object) : object);
      }
    }
  }

  /** Accounts that exist keep their passwords. */
  private static SchemaObject unlessThere(SchemaObject account) {
    return account.saying(
        account.statements().stream()
            .map(RawText::latin1)
            .map(s -> s.replaceFirst("^CREATE (USER|ROLE) ", "CREATE $1 IF NOT EXISTS "))
            .map(RawText::ofLatin1)
            .toList());
  }

  private void use(String wanted) {
    if (!wanted.equals(database)) {
      file.write("\n" + Settings.use(wanted));
      database = wanted;
    }
  }

  private void comment(String text) {
    file.write(RawText.ofUtf8("-- " + ObjectScript.oneLine(text) + "\n"));
  }
}
