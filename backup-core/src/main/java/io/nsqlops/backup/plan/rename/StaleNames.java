package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.RawText;
import java.util.regex.Pattern;

/**
 * Whether the text of a program still names a database or table by the name it had. Names without
 * quotes and those in the strings of dynamic SQL do not follow a rename.
 */
final class StaleNames {
  private static final String BEFORE = "(?iu)(?<![\\w$`\"])";
  private static final String BEHIND = "(?![\\w$`\"])";

  private StaleNames() {}

  /** Whether something names the database, be it with what is in it or for itself. */
  static boolean nameDatabase(String database, RawText statement, Quoting quoting) {
    String name = Pattern.quote(database);
    Pattern qualifier = Pattern.compile(BEFORE + name + BEHIND + "\\s*\\.");
    Pattern itself =
        Pattern.compile(
            "(?iu)\\b(?:DATABASE|SCHEMA|USE)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?[`\"]?"
                + name
                + "(?![\\w$])");
    Pattern inString = Pattern.compile("(?iu)(?<![\\w$])" + name + "(?![\\w$])");
    String code = MovedNames.code(statement, quoting);
    return qualifier.matcher(MovedNames.bareText(statement, quoting)).find()
        || itself.matcher(code).find()
        || inString.matcher(MovedNames.strings(statement, quoting)).find();
  }

  /** Whether something names the table without its database. */
  static boolean nameTable(String table, RawText statement, Quoting quoting) {
    Pattern naming =
        Pattern.compile("(?iu)(?<![\\w$.`\"])[`\"]?" + Pattern.quote(table) + "[`\"]?(?![\\w$(])");
    return naming.matcher(MovedNames.code(statement, quoting)).find();
  }
}
