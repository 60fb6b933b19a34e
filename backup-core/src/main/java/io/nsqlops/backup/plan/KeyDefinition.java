package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What gives the values of a table's key their meaning and their order. Where two are equal, values
 * of one are values of the other, in the same order.
 *
 * @param columns of the key, in its order
 * @param lines of the table's definition that name their types and collations, in Latin-1 text that
 *     keeps every byte
 */
public record KeyDefinition(List<Column> columns, List<String> lines) {
  /** What columns without a collation of their own have. */
  private static final Pattern DEFAULTS =
      Pattern.compile("(?i)\\b(?:CHARSET|CHARACTER SET|COLLATE)[= ]+\\w+");

  public KeyDefinition {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  /** As the server prints it: a line for each column, then one that begins with the parenthesis. */
  public static KeyDefinition of(Table table) {
    List<String> lines = new ArrayList<>();
    for (String line : latin1(table.ddl().bytes()).split("\n")) {
      String item = line.strip();
      if (table.key().stream().anyMatch(c -> item.startsWith(quoted(c) + " "))) {
        lines.add(item.replaceFirst(",$", ""));
      } else if (line.startsWith(")")) {
        DEFAULTS.matcher(line).results().map(MatchResult::group).forEach(lines::add);
      }
    }
    return new KeyDefinition(table.key(), lines);
  }

  private static String quoted(Column column) {
    return latin1(QuotedName.of(column.name()).getBytes(StandardCharsets.UTF_8));
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
