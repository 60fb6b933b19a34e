package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.codec.CanonicalFields;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of SQL text: names, literals, conditions on keys. */
public final class Sql {
  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "double");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(?:[eE][-+]?[0-9]+)?");
  private static final Set<String> QUOTED_CHARSETS = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");
  private static final Set<String> BINARY = Set.of("binary", "varbinary");
  private static final Set<String> PLAIN =
      Set.of("date", "datetime", "timestamp", "time", "uuid", "inet4", "inet6");
  private static final Set<String> TEXT = Set.of("char", "varchar");
  private static final Set<String> UNSPLIT = Set.of("float", "json");

  private Sql() {}

  /** A quoted identifier. */
  public static String name(String name) {
    return QuotedName.of(name);
  }

  public static String name(TableName table) {
    return QuotedName.of(table);
  }

  /** A quoted string, for sessions without NO_BACKSLASH_ESCAPES. */
  public static String string(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '\'' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\0' -> out.append("\\0");
        default -> out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  /** Bytes that are no text, as a literal without a character set. */
  public static String bytes(RawText value) {
    return "0x" + HexFormat.of().formatHex(value.bytes());
  }

  /** Whether a literal of this column compares with the column as its index orders it. */
  static boolean comparable(Column column) {
    return NUMBERS.contains(column.type())
        || BINARY.contains(column.type())
        || PLAIN.contains(column.type())
        || TEXT.contains(column.type());
  }

  public static String columnList(List<Column> columns) {
    return columns.stream().map(c -> name(c.name())).collect(Collectors.joining(","));
  }

  /** The SELECT that reads a range of a table in key order. */
  public static String select(Table table, KeyRange range, long limit) {
    StringBuilder sql = new StringBuilder("SELECT ");
    // a table may have nothing but generated columns: its rows are only counted
    sql.append(table.columns().isEmpty() ? "NULL" : columnList(table.columns()));
    sql.append(" FROM ").append(name(table.name()));
    sql.append(where(table, range));
    if (table.keyed()) {
      sql.append(" ORDER BY ").append(columnList(table.key()));
    }
    if (limit < Long.MAX_VALUE) {
      sql.append(" LIMIT ").append(limit);
    }
    return sql.toString();
  }

  /** The WHERE of a range of a table; empty if that is all of it. */
  private static String where(Table table, KeyRange range) {
    List<String> conditions = new ArrayList<>();
    if (!table.condition().isEmpty()) {
      conditions.add("(" + table.condition() + ")");
    }
    bound(table, range.after(), true, conditions);
    bound(table, range.upTo(), false, conditions);
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The SELECT of the key that stands so many rows behind another, in key order. */
  public static String keyAt(Table table, KeyRange range, long offset) {
    String keys = columnList(table.key());
    return "SELECT %s FROM %s%s ORDER BY %s LIMIT %d,1"
        .formatted(keys, name(table.name()), where(table, range), keys, offset);
  }

  /** The SELECT of a range of a table with a single integer as its key. */
  public static String integerRange(Table table, BigInteger after, BigInteger upTo) {
    String column = name(table.key().get(0).name());
    return "SELECT %1$s FROM %2$s WHERE %1$s>%3$s AND %1$s<=%4$s"
        .formatted(column, name(table.name()), after, upTo);
  }

  /** The SELECT that counts all rows of a table that are meant. */
  public static String count(Table table) {
    return "SELECT COUNT(*) FROM " + name(table.name()) + where(table, KeyRange.all());
  }

  private static void bound(
      Table table, @Nullable RawText key, boolean after, List<String> conditions) {
    if (key == null) {
      return;
    }
    List<String> literals = literals(table.key(), key);
    String strict = after ? ">" : "<";
    // the first column alone gives the optimiser a plain range; the rest is exact
    conditions.add(name(table.key().get(0).name()) + strict + "=" + literals.get(0));
    StringBuilder exact = new StringBuilder();
    for (int i = 0; i < literals.size(); i++) {
      boolean last = i == literals.size() - 1;
      String column = name(table.key().get(i).name());
      String literal = literals.get(i);
      String operator = last && !after ? "<=" : strict;
      if (last) {
        exact.append(column).append(operator).append(literal);
      } else {
        exact.append("(").append(column).append(strict).append(literal).append(" OR (");
        exact.append(column).append("=").append(literal).append(" AND ");
      }
    }
    exact.append("))".repeat(literals.size() - 1));
    if (literals.size() == 1) {
      conditions.set(conditions.size() - 1, exact.toString());
    } else {
      conditions.add(exact.toString());
    }
  }

  /** Literals of the key columns, out of their canonical text. */
  static List<String> literals(List<Column> columns, RawText key) {
    List<byte[]> fields = CanonicalFields.split(key.bytes());
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      literals.add(literal(columns.get(i), fields.get(i)));
    }
    return literals;
  }

  private static String literal(Column column, byte[] value) {
    RawText text = RawText.of(value);
    if (NUMBERS.contains(column.type())) {
      return number(column, text.toString());
    }
    if (BINARY.contains(column.type())) {
      return hex(value);
    }
    if (PLAIN.contains(column.type())) {
      return string(text.toString());
    }
    if (QUOTED_CHARSETS.contains(column.charset()) && text.asUtf8().isPresent()) {
      return string(text.toString());
    }
    return "_" + column.charset() + " " + hex(value);
  }

  /** It stands in a statement without quotes, so nothing but a number may pass. */
  private static String number(Column column, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a key of column " + column.name() + ", which is " + column.type() + ", is no number");
    }
    return text;
  }

  private static String hex(byte[] value) {
    return "X'" + HexFormat.of().formatHex(value) + "'";
  }

  /**
   * Whether a value of any column can be given as a quoted string. Numbers can, and −0 must.
   *
   * @param value begins with the value
   * @param length how long it is
   */
  public static boolean isQuotable(Column column, byte[] value, int length) {
    String type = column.type();
    if (NUMBERS.contains(type) || PLAIN.contains(type) || UNSPLIT.contains(type)) {
      return true;
    }
    return QUOTED_CHARSETS.contains(column.charset())
        && (isAscii(value, length)
            || RawText.of(Arrays.copyOf(value, length)).asUtf8().isPresent());
  }

  private static boolean isAscii(byte[] value, int length) {
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= value[i];
    }
    return all >= 0;
  }
}
