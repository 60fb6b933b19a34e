package io.nsqlops.backup.plan.rename;

import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Statements whose databases or tables are restored under other names: qualified names follow,
 * whatever is in strings and comments stays. Works on Latin-1 text, which keeps every byte.
 */
final class MovedNames {
  private static final String REFERENCES = "REFERENCES ";
  private static final String CONSTRAINT = "CONSTRAINT ";

  private final Renames renames;

  MovedNames(Renames renames) {
    this.renames = renames;
  }

  /**
   * With each {@code `from`.} and each {@code `db`.`table`} turned into their new names.
   *
   * @param quoting how the statement's author meant quotes
   */
  RawText qualified(RawText statement, Quoting quoting) {
    return moved(statement, quoting, (sql, at, end) -> qualified(sql, at, end, quoting));
  }

  /**
   * The same for a view: where MySQL or MariaDB printed it, a column of a table that the view calls
   * as a database is called stays that.
   */
  RawText view(RawText statement, Quoting quoting) {
    int query = ViewText.query(statement.latin1());
    if (query < 0) {
      return qualified(statement, quoting);
    }
    Set<String> alone = alone(statement.latin1(), query, quoting);
    return moved(
        statement,
        quoting,
        (sql, at, end) -> {
          Chain chain = chain(sql, at, end, quoting);
          boolean column =
              chain.names().size() == 2
                  && alone.contains(chain.names().get(0))
                  && !ViewText.isRelation(sql, at, chain.end());
          return column
              ? new Piece(sql.substring(at, chain.end()), chain.end())
              : qualified(sql, at, end, quoting);
        });
  }

  /** The names that stand without another in front of or behind them: those of aliases too. */
  private static Set<String> alone(String sql, int from, Quoting quoting) {
    Set<String> alone = new HashSet<>();
    int at = from;
    while (at < sql.length()) {
      int end = endOfToken(sql, at, quoting);
      if (isQuotedName(sql, at, end, quoting)) {
        Chain chain = chain(sql, at, end, quoting);
        if (chain.names().size() == 1 && !isQualifier(sql, end)) {
          alone.add(chain.names().get(0));
        }
        end = chain.end();
      }
      at = end;
    }
    return alone;
  }

  /**
   * Quoted names with dots between them.
   *
   * @param end where the last of them ends
   */
  private record Chain(List<String> names, int end) {}

  private static Chain chain(String sql, int at, int end, Quoting quoting) {
    List<String> names = new ArrayList<>(List.of(QuotedName.unquoted(sql.substring(at, end))));
    int last = end;
    while (isQualifier(sql, last)
        && last + 1 < sql.length()
        && quoting.ofName(sql.charAt(last + 1))) {
      int next = last + 1;
      last = endOfToken(sql, next, quoting);
      names.add(QuotedName.unquoted(sql.substring(next, last)));
    }
    return new Chain(names, last);
  }

  /** With each {@code `from`} turned into {@code `to`}: for CREATE DATABASE. */
  RawText bare(RawText statement) {
    return moved(
        statement,
        Quoting.USUAL,
        (sql, at, end) -> new Piece(database(sql.substring(at, end)), end));
  }

  /**
   * The definition of a table. The tables that its foreign keys name follow too, and so do the
   * names of constraints that the server made out of the table's.
   */
  RawText table(RawText ddl, TableName from) {
    TableName as = renames.table(from);
    return moved(
        ddl,
        Quoting.USUAL,
        (sql, at, end) -> {
          String name = QuotedName.unquoted(sql.substring(at, end));
          if (sql.startsWith(REFERENCES, at - REFERENCES.length()) && !isQualifier(sql, end)) {
            TableName to = renames.table(new TableName(from.database(), name));
            boolean near = to.database().equals(as.database());
            return new Piece(near ? latin1(QuotedName.of(to.table())) : both(to), end);
          }
          if (sql.startsWith(CONSTRAINT, at - CONSTRAINT.length())) {
            return new Piece(
                latin1(QuotedName.of(constraint(name, from.table(), as.table()))), end);
          }
          return qualified(sql, at, end, Quoting.USUAL);
        });
  }

  private static String constraint(String name, String table, String as) {
    for (String kind : List.of("_ibfk_", "_chk_")) {
      if (name.startsWith(table + kind)) {
        return as + name.substring(table.length());
      }
    }
    return name;
  }

  /** What stands for a quoted name, and where the text goes on behind it. */
  private record Piece(String text, int end) {}

  private interface Replacement {
    Piece of(String sql, int at, int end);
  }

  private RawText moved(RawText statement, Quoting quoting, Replacement replacement) {
    if (renames.isEmpty()) {
      return statement;
    }
    String sql = statement.latin1();
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int end = endOfToken(sql, at, quoting);
      if (isQuotedName(sql, at, end, quoting)) {
        Piece piece = replacement.of(sql, at, end);
        out.append(piece.text());
        at = piece.end();
      } else {
        out.append(sql, at, end);
        at = end;
      }
    }
    return RawText.ofLatin1(out.toString());
  }

  private static boolean isQuotedName(String sql, int at, int end, Quoting quoting) {
    char quote = sql.charAt(at);
    return quoting.ofName(quote) && end - at > 1 && sql.charAt(end - 1) == quote;
  }

  private static boolean isQualifier(String sql, int end) {
    return end < sql.length() && sql.charAt(end) == '.';
  }

  private Piece qualified(String sql, int at, int end, Quoting quoting) {
    String first = sql.substring(at, end);
    if (!isQualifier(sql, end)) {
      return new Piece(first, end);
    }
    Chain chain = chain(sql, at, end, quoting);
    if (chain.names().size() == 1) {
      return new Piece(database(first), end);
    }
    int tableEnd = endOfToken(sql, end + 1, quoting);
    TableName name = new TableName(chain.names().get(0), chain.names().get(1));
    String moved =
        renames.nameTable(name)
            ? both(renames.table(name))
            : database(first) + sql.substring(end, tableEnd);
    // A column, be it called as a database is, stays.
    return new Piece(moved + sql.substring(tableEnd, chain.end()), chain.end());
  }

  private String database(String token) {
    String name = QuotedName.unquoted(token);
    String to = renames.database(name);
    return to.equals(name) ? token : latin1(QuotedName.of(to));
  }

  private static String both(TableName name) {
    return latin1(QuotedName.of(name));
  }

  /** The text without anything quoted, and without comments. */
  static String bareText(RawText statement, Quoting quoting) {
    return only(statement, quoting, quote -> false, true);
  }

  /** The text without strings and comments. */
  static String code(RawText statement, Quoting quoting) {
    return only(statement, quoting, quoting::ofName, true);
  }

  /** What stands in strings, and nothing else. */
  static String strings(RawText statement, Quoting quoting) {
    return only(
        statement,
        quoting,
        quote -> !quoting.ofName(quote) && (quote == '\'' || quote == '"'),
        false);
  }

  private static String only(
      RawText statement, Quoting quoting, IntPredicate quotes, boolean bare) {
    String sql = statement.toString();
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int end = endOfToken(sql, at, quoting);
      boolean wanted = end == at + 1 ? bare : quotes.test(sql.charAt(at));
      out.append(wanted ? sql.substring(at, end) : " ");
      at = end;
    }
    return out.toString();
  }

  /** Where a text first stands outside of anything quoted; −1 if nowhere. */
  static int outsideQuotes(String sql, String text) {
    int at = 0;
    while (at < sql.length() && !sql.startsWith(text, at)) {
      at = endOfToken(sql, at, Quoting.USUAL);
    }
    return at < sql.length() ? at : -1;
  }

  /** Quoted text and comments are one token each, everything else is one per character. */
  private static int endOfToken(String sql, int at, Quoting quoting) {
    char c = sql.charAt(at);
    if (c == '`' || c == '\'' || c == '"') {
      return QuotedText.end(sql, at, quoting);
    }
    boolean plainComment = sql.startsWith("/*", at) && !sql.startsWith("/*!", at);
    if (plainComment && !sql.startsWith("/*T!", at) && !sql.startsWith("/*M!", at)) {
      return behind(sql, "*/", at + 2);
    }
    boolean dashes = sql.startsWith("-- ", at) || sql.startsWith("--\n", at);
    return dashes || c == '#' ? behind(sql, "\n", at) : at + 1;
  }

  private static int behind(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
