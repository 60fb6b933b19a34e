package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.RawText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The columns of a view, out of the statement a server prints for it: that names each of them. A
 * view that others need gets a stand-in with these columns first.
 */
final class ViewColumns {
  private static final String WORD = "`(?:[^`]|``)*+`";

  private static final Pattern HEAD =
      Pattern.compile(
          "(?s)^CREATE .*?VIEW "
              + WORD
              + "(?:\\."
              + WORD
              + ")?(?: *\\((\\s*"
              + WORD
              + "(?:\\s*,\\s*"
              + WORD
              + ")*\\s*)\\))? AS (.*)$");

  private static final Pattern ALIAS = Pattern.compile("(?is).* AS (" + WORD + ")\\s*$");

  private ViewColumns() {}

  /** Quoted names, in Latin-1 text; empty if the statement is not understood. */
  static Optional<List<String>> of(RawText statement) {
    Matcher head = HEAD.matcher(statement.latin1());
    if (!head.find()) {
      return Optional.empty();
    }
    String named = head.group(1);
    if (named != null) {
      return Optional.of(
          Pattern.compile(WORD).matcher(named).results().map(r -> r.group()).toList());
    }
    String query = head.group(2);
    return query.regionMatches(true, 0, "select ", 0, 7)
        ? selected(query.substring(7))
        : Optional.empty();
  }

  private static Optional<List<String>> selected(String list) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    int at = 0;
    boolean more = true;
    while (more) {
      more = at < list.length() && !(depth == 0 && endsList(list, at));
      char c = more ? list.charAt(at) : ',';
      if (c == '`' || c == '\'' || c == '"') {
        at = QuotedText.end(list, at);
        continue;
      }
      if (c == ',' && depth == 0) {
        Matcher alias = ALIAS.matcher(list.substring(begin, at));
        if (!alias.matches()) {
          return Optional.empty();
        }
        names.add(alias.group(1));
        begin = at + 1;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    }
    return Optional.of(names);
  }

  private static boolean endsList(String sql, int at) {
    return Stream.of(" from ", " union ", " limit ", " where ")
        .anyMatch(word -> sql.regionMatches(true, at, word, 0, word.length()));
  }
}
