package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a CREATE TRIGGER statement. Servers print it as its author typed it: names may be
 * quoted or not, qualified or not.
 */
final class TriggerHeader {
  private static final String WORD = "(?:`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\"|[\\w$\\x80-\\xff]+)";
  private static final String NAME = WORD + "(?:\\s*\\.\\s*" + WORD + ")?";
  private static final String EVENT = "(?:INSERT|UPDATE|DELETE)";

  private static final Pattern HEAD =
      Pattern.compile(
          "(?is)^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*"
              + WORD
              + "(?:\\s*@\\s*"
              + WORD
              + ")?\\s+)?TRIGGER\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?)("
              + NAME
              + ")(\\s+(?:BEFORE|AFTER)\\s+"
              + EVENT
              + "(?:\\s+OR\\s+"
              + EVENT
              + ")*\\s+ON\\s+)("
              + NAME
              + ")(?=\\s)");

  private TriggerHeader() {}

  /** The same trigger on another table; the statement as it is if its head is not understood. */
  static RawText moved(RawText statement, String trigger, TableName table) {
    String sql = statement.latin1();
    Matcher head = HEAD.matcher(sql);
    if (!head.find()) {
      return statement;
    }
    String moved =
        head.group(1)
            + quoted(table.database(), trigger)
            + head.group(3)
            + quoted(table.database(), table.table())
            + sql.substring(head.end());
    return RawText.ofLatin1(moved);
  }

  /** What the trigger does; all of the statement if its head is not understood. */
  static RawText body(RawText statement) {
    String sql = statement.latin1();
    Matcher head = HEAD.matcher(sql);
    return head.find() ? RawText.ofLatin1(sql.substring(head.end())) : statement;
  }

  private static String quoted(String database, String name) {
    String utf8 = QuotedName.of(database, name);
    return new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
