package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members of ENUM and SET columns that may stand for something else.
 *
 * <p>For characters beyond the basic plane (emoji) MySQL and MariaDB print a question mark. What a
 * real one stands for is told too; nothing but the rows could tell the two apart. And where an
 * empty text is a member of an ENUM, a value that is no member reads the same.
 */
final class DoubtfulMembers {
  private static final Pattern COLUMN =
      Pattern.compile("(?m)^\\s+(`(?:[^`]|``)*+`) (enum|set)\\((?=')");

  private DoubtfulMembers() {}

  /** A line for each such column of a table. */
  static List<String> of(Table table, String engine) {
    List<String> lines = new ArrayList<>();
    // Latin-1 keeps every byte as it is.
    String ddl = table.ddl().latin1();
    Matcher column = COLUMN.matcher(ddl);
    while (column.find()) {
      List<String> members = members(ddl, column.end());
      String name = QuotedName.unquoted(column.group(1));
      if (!engine.equals("tidb") && members.stream().anyMatch(m -> m.contains("?"))) {
        lines.add(
            ("column %s of table %s has a member that the server prints with a question mark: if that"
                    + " stands for a character it cannot print (an emoji), a restore does not take"
                    + " the rows that hold the member")
                .formatted(name, table.name()));
      }
      if (column.group(2).equals("enum") && members.contains("''")) {
        lines.add(
            ("column %s of table %s has an empty text among its members: values that are no member"
                    + " (of index 0, which an error leaves behind) come back as that member")
                .formatted(name, table.name()));
      }
    }
    return lines;
  }

  /** With their quotes. */
  private static List<String> members(String ddl, int first) {
    List<String> members = new ArrayList<>();
    int at = first;
    while (at < ddl.length() && ddl.charAt(at) == '\'') {
      int end = QuotedText.end(ddl, at);
      members.add(ddl.substring(at, end));
      at = ddl.startsWith(",", end) ? end + 1 : end;
    }
    return members;
  }
}
