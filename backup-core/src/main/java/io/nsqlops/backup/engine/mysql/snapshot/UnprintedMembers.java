package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members of ENUM and SET columns that MySQL and MariaDB do not print as they are: for characters
 * beyond the basic plane (emoji) they print a question mark. What a real one stands for is told
 * too; nothing but the rows could tell the two apart.
 */
final class UnprintedMembers {
  private static final Pattern COLUMN =
      Pattern.compile("(?m)^\\s+(`(?:[^`]|``)*+`) (?:enum|set)\\((?=')");

  private UnprintedMembers() {}

  /** A line for each such column of a table. */
  static List<String> of(Table table, String engine) {
    List<String> lines = new ArrayList<>();
    if (engine.equals("tidb")) {
      return lines;
    }
    // Latin-1 keeps every byte as it is.
    String ddl = table.ddl().latin1();
    Matcher column = COLUMN.matcher(ddl);
    while (column.find()) {
      if (hasQuestionMark(ddl, column.end())) {
        lines.add(
            ("column %s of table %s has a member that the server prints with a question mark: if that"
                    + " stands for a character it cannot print (an emoji), a restore does not take"
                    + " the rows that hold the member")
                .formatted(QuotedName.unquoted(column.group(1)), table.name()));
      }
    }
    return lines;
  }

  private static boolean hasQuestionMark(String ddl, int first) {
    int at = first;
    while (at < ddl.length() && ddl.charAt(at) == '\'') {
      int end = QuotedText.end(ddl, at);
      if (ddl.substring(at, end).contains("?")) {
        return true;
      }
      at = ddl.startsWith(",", end) ? end + 1 : end;
    }
    return false;
  }
}
