package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tells of views and programs whose texts mean other tables than they did, after a rename. */
final class StalePrograms {
  /** As SHOW CREATE EVENT prints it, in front of the comment and the body. */
  private static final Pattern ENABLED =
      Pattern.compile("(ON COMPLETION (?:NOT )?PRESERVE )ENABLE\\b");

  private final Renames renames;
  private final Consumer<String> notes;

  StalePrograms(Renames renames, Consumer<String> notes) {
    this.renames = renames;
    this.notes = notes;
  }

  /**
   * Tells what of a program does not follow its new name.
   *
   * @return its statements, those of an event that would work on another database disabled
   */
  List<RawText> watched(SchemaObject object, TableName as, List<RawText> statements) {
    tellOfTables(object, as);
    return as.database().equals(object.database())
        ? statements
        : tellOfDatabase(object, as, statements);
  }

  /** Programs name tables of their own database without it, which means another after a rename. */
  private void tellOfTables(SchemaObject object, TableName as) {
    if (object.kind() == Kind.VIEW) {
      return; // the server writes the names of a view out
    }
    TableName table = new TableName(object.database(), object.table());
    if (RenamedObjects.isTrigger(object)
        && renames.nameTable(table)
        && !as.database().equals(renames.database(object.database()))) {
      notes.accept(
          "trigger %s goes to database %s with its table: what it names without a database is looked for there"
              .formatted(as, as.database()));
    }
    for (String from : new TreeMap<>(renames.names()).keySet()) {
      String prefix = object.database() + ".";
      String name = from.startsWith(prefix) ? from.substring(prefix.length()) : "";
      if (!name.isEmpty()
          && object.statements().stream()
              .anyMatch(s -> StaleNames.nameTable(name, body(object, s), object.quoting()))) {
        notes.accept(
            "%s %s names %s, which is restored under another name: look whether it means that table"
                .formatted(object.kind().text(), as, name));
      }
    }
  }

  /** A trigger names its table in its head, and that follows. */
  private static RawText body(SchemaObject object, RawText statement) {
    return RenamedObjects.isTrigger(object) ? TriggerHeader.body(statement) : statement;
  }

  /**
   * Names without quotes do not follow: what still names the database it comes from would work on
   * that. An event would do so by itself, so it is restored disabled.
   */
  private List<RawText> tellOfDatabase(
      SchemaObject object, TableName as, List<RawText> statements) {
    boolean still =
        statements.stream()
            .anyMatch(s -> StaleNames.nameDatabase(object.database(), s, object.quoting()));
    if (!still) {
      return statements;
    }
    boolean event = object.kind() == Kind.EVENT;
    notes.accept(
        "%s %s still names database %s in its text, and works on that%s"
            .formatted(
                object.kind().text(),
                as,
                object.database(),
                event ? ": it is restored disabled" : ""));
    return event ? statements.stream().map(StalePrograms::disabled).toList() : statements;
  }

  private static RawText disabled(RawText event) {
    return RawText.ofLatin1(ENABLED.matcher(event.latin1()).replaceFirst("$1DISABLE"));
  }
}
