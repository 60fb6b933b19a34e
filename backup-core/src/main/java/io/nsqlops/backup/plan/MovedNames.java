package io.nsqlops.backup.plan;

import io.nsqlops.backup.model.RawText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Statements of a database that is restored under another name: qualified names follow, whatever is
 * in strings and comments stays.
 */
final class MovedNames {
  /** Quoted names, as Latin-1 text that keeps every byte. */
  private final Map<String, String> renames = new TreeMap<>();

  /** Renamed tables among them do no harm: their names stand in two pairs of quotes. */
  MovedNames(Map<String, String> all) {
    all.forEach((from, to) -> renames.put(latin1(quoted(from)), latin1(quoted(to))));
  }

  /** With each {@code `from`.} turned into {@code `to`.}. */
  RawText qualified(RawText statement) {
    return moved(statement, true);
  }

  /** With each {@code `from`} turned into {@code `to`}: for CREATE DATABASE. */
  RawText bare(RawText statement) {
    return moved(statement, false);
  }

  private RawText moved(RawText statement, boolean qualified) {
    if (renames.isEmpty()) {
      return statement;
    }
    String sql = new String(statement.bytes(), StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int end = endOfToken(sql, at);
      String token = sql.substring(at, end);
      boolean fits = !qualified || (end < sql.length() && sql.charAt(end) == '.');
      out.append(fits ? renames.getOrDefault(token, token) : token);
      at = end;
    }
    return RawText.of(out.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Where a text first stands outside of anything quoted; −1 if nowhere. */
  static int outsideQuotes(String sql, String text) {
    int at = 0;
    while (at < sql.length() && !sql.startsWith(text, at)) {
      at = endOfToken(sql, at);
    }
    return at < sql.length() ? at : -1;
  }

  /** Quoted text and comments are one token each, everything else is one per character. */
  private static int endOfToken(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '`' || c == '\'' || c == '"') {
      return endOfQuoted(sql, at, c);
    }
    boolean plainComment = sql.startsWith("/*", at) && !sql.startsWith("/*!", at);
    if (plainComment && !sql.startsWith("/*T!", at) && !sql.startsWith("/*M!", at)) {
      return behind(sql, "*/", at + 2);
    }
    boolean dashes = sql.startsWith("-- ", at) || sql.startsWith("--\n", at);
    return dashes || c == '#' ? behind(sql, "\n", at) : at + 1;
  }

  private static int endOfQuoted(String sql, int open, char quote) {
    int at = open + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && quote != '`') {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  private static int behind(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
