package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.QuotedText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The collation of a table, which its columns have unless they say otherwise. Servers remember how
 * it was said: what is the default anyway is printed in one table and not in another, or after a
 * restore.
 *
 * @param name as servers print it; empty if they do not
 */
record TableCollation(String name) {
  private static final Pattern OF_TABLE =
      Pattern.compile(" DEFAULT CHARSET=(\\w+)(?: COLLATE=(\\w+))?");

  /** Behind the type, which MariaDB may call compressed. */
  private static final Pattern OF_COLUMN =
      Pattern.compile(
          "(?: /\\*M?!\\d* COMPRESSED\\*/)?((?: CHARACTER SET (\\w+))?(?: COLLATE (\\w+))?)");

  /** Found in what follows the columns and keys. */
  static TableCollation of(String options) {
    Matcher matcher = OF_TABLE.matcher(options);
    return new TableCollation(matcher.find() ? collation(matcher.group(1), matcher.group(2)) : "");
  }

  /** The options of the table, with its collation in any case. */
  String options(String text) {
    return OF_TABLE.matcher(text).replaceFirst(" COLLATE=" + name);
  }

  /** The definition of a column, with its collation only where it is not that of the table. */
  String column(String text) {
    Matcher matcher = OF_COLUMN.matcher(text).region(endOfType(text), text.length());
    if (!matcher.lookingAt() || matcher.group(1).isEmpty()) {
      return text;
    }
    String own = collation(matcher.group(2), matcher.group(3));
    String said = own.equals(name) ? "" : " COLLATE " + own;
    return text.substring(0, matcher.start(1)) + said + text.substring(matcher.end());
  }

  /** Behind the name and the type with its length or members. */
  private static int endOfType(String column) {
    int at = Math.min(QuotedText.end(column, 0) + 1, column.length());
    int depth = 0;
    while (at < column.length() && (depth > 0 || column.charAt(at) != ' ')) {
      char c = column.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at = c == '\'' ? QuotedText.end(column, at) : at + 1;
    }
    return at;
  }

  private static String collation(@Nullable String charset, @Nullable String collation) {
    return collation == null ? primary(charset) : collation;
  }

  /** What a character set alone means; where servers differ, they print the collation too. */
  private static String primary(@Nullable String charset) {
    return charset == null
        ? ""
        : switch (charset) {
          case "binary" -> charset;
          case "latin1", "dec8", "swe7" -> charset + "_swedish_ci";
          case "big5", "gb2312", "gbk", "gb18030" -> charset + "_chinese_ci";
          case "sjis", "ujis", "cp932", "eucjpms" -> charset + "_japanese_ci";
          case "euckr" -> charset + "_korean_ci";
          case "hp8" -> charset + "_english_ci";
          case "tis620" -> charset + "_thai_ci";
          case "latin5" -> charset + "_turkish_ci";
          default -> charset + "_general_ci";
        };
  }
}
