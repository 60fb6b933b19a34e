package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes what is not a table as statements a command-line client understands. */
final class ObjectScript {
  private static final List<String> DELIMITERS = List.of(";;", "$$", "//", "~~", "@@", "!!");

  private ObjectScript() {}

  /** A database that may be there. */
  static RawText createDatabase(SchemaObject object) {
    String ddl = object.statements().get(0).latin1();
    return RawText.ofLatin1(
        ddl.replaceFirst("^CREATE DATABASE (?!IF NOT)", "CREATE DATABASE IF NOT EXISTS ") + ";\n");
  }

  /** An object with the settings it was made under. */
  static void write(ExportFile file, SchemaObject object) {
    file.write(Settings.of(object));
    for (RawText statement : object.statements()) {
      if (object.warning().isEmpty()) {
        statement(file, statement);
      } else {
        commented(file, object, statement);
      }
    }
    file.write(Settings.after(object));
  }

  /** One statement; a client must not end it at a semicolon inside. */
  private static void statement(ExportFile file, RawText statement) {
    String sql = statement.latin1();
    if (sql.indexOf(';') < 0) {
      file.write(statement);
      file.write(";\n");
      return;
    }
    String delimiter = delimiter(sql);
    file.write("DELIMITER " + delimiter + "\n");
    file.write(statement);
    file.write("\n" + delimiter + "\nDELIMITER ;\n");
  }

  /** One that the statement does not hold. */
  static String delimiter(String sql) {
    return DELIMITERS.stream()
        .filter(d -> !(sql + "\n").contains(d) && !sql.endsWith(d.substring(0, 1)))
        .findFirst()
        .orElseGet(() -> unusual(sql));
  }

  private static String unusual(String sql) {
    int n = 1;
    while (sql.contains("$END" + n + "$")) {
      n++;
    }
    return "$END" + n + "$";
  }

  /** What no server takes back must not be in the way of the rest. */
  private static void commented(ExportFile file, SchemaObject object, RawText statement) {
    String sql = statement.latin1().replace("\r", " ").replace("\n", "\n-- ");
    file.write("-- " + oneLine(object + ": " + object.warning()) + "\n");
    file.write(RawText.ofLatin1("-- " + sql + ";\n"));
  }

  /** Names may hold line ends, which would end a comment. */
  static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]", " ");
  }

  /** A table in the place of a view that others may need before it can be made. */
  static Optional<RawText> standInTable(SchemaObject view) {
    return columns(view)
        .map(
            names ->
                RawText.ofLatin1(
                    "CREATE TABLE IF NOT EXISTS "
                        + name(view)
                        + " (\n  "
                        + String.join(" INT,\n  ", names)
                        + " INT\n) ENGINE=MyISAM;\n"));
  }

  /** A view of constants, likewise. */
  static Optional<RawText> standInView(SchemaObject view) {
    return columns(view)
        .map(
            names ->
                RawText.ofLatin1(
                    "CREATE OR REPLACE VIEW "
                        + name(view)
                        + " AS SELECT\n  1 AS "
                        + String.join(",\n  1 AS ", names)
                        + ";\n"));
  }

  private static Optional<List<String>> columns(SchemaObject view) {
    return view.kind() == Kind.VIEW && view.warning().isEmpty() && view.statements().size() == 1
        ? ViewColumns.of(view.statements().get(0))
        : Optional.empty();
  }

  /** In Latin-1 text. */
  private static String name(SchemaObject object) {
    return new String(
        SqlText.name(object.name()).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
