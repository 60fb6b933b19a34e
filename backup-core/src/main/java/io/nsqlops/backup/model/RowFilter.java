package io.nsqlops.backup.model;

import java.util.List;
import java.util.stream.Collectors;

/** Which rows of which tables are meant: those for which all conditions on the table are true. */
public record RowFilter(List<Condition> conditions) {
  public static final RowFilter NONE = new RowFilter(List.of());

  public RowFilter {
    conditions = List.copyOf(conditions);
  }

  /**
   * A condition in the server's SQL.
   *
   * @param tables a pattern as in {@link Selection}
   * @param sql complete in itself: it cannot reach out of the parentheses it is put into
   */
  public record Condition(String tables, String sql) {
    public Condition {
      if (tables.isBlank() || sql.isBlank()) {
        throw new IllegalArgumentException("a table or a condition is missing");
      }
      new Balance(sql).check();
    }

    boolean on(TableName table) {
      return new Selection(List.of(tables), List.of()).includes(table);
    }
  }

  /** The condition on a table, ready for WHERE; empty if all its rows are meant. */
  public String of(TableName table) {
    return conditions.stream()
        .filter(c -> c.on(table))
        .map(c -> "(" + c.sql() + ")")
        .collect(Collectors.joining(" AND "));
  }

  /** The conditions that none of these tables has. */
  public List<Condition> without(List<TableName> tables) {
    return conditions.stream().filter(c -> tables.stream().noneMatch(c::on)).toList();
  }

  /** Reads past quotes and counts parentheses. */
  private record Balance(String sql) {
    void check() {
      int depth = 0;
      int at = 0;
      while (at < sql.length()) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
          at = behindQuote(at, c);
          continue;
        }
        if (c == '#' || sql.startsWith("--", at) || sql.startsWith("/*", at)) {
          throw new IllegalArgumentException("a condition holds no comments");
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0) {
          throw new IllegalArgumentException("a parenthesis is closed that was not opened");
        }
        at++;
      }
      if (depth > 0) {
        throw new IllegalArgumentException("a parenthesis is not closed");
      }
    }

    private int behindQuote(int open, char quote) {
      for (int at = open + 1; at < sql.length(); at++) {
        if (sql.charAt(at) == '\\' && quote != '`') {
          at++;
        } else if (sql.charAt(at) == quote) {
          return at + 1; // a doubled quote opens again at once
        }
      }
      throw new IllegalArgumentException("a quote is not closed");
    }
  }
}
