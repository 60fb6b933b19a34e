package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers in JSON that MySQL keeps as DECIMAL, as {@code JSON_OBJECT('price', 19.90)} makes them,
 * and prints as such. From text it reads every number with a point as a double: {@code 19.90} would
 * become {@code 19.9}.
 */
final class JsonDecimals {
  private static final BigInteger MOST = new BigInteger("18446744073709551615");
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int MOST_DIGITS = 65;
  private static final int MOST_FRACTION = 30;

  /** Each adds its path and a conversion to a statement that must fit into a packet. */
  private static final int MOST_REPLACED = 50_000;

  private final String text;
  private final int most;
  private final StringBuilder path = new StringBuilder("$");
  private final List<String> replacements = new ArrayList<>();
  private int at;

  private JsonDecimals(String text, int most) {
    this.text = text;
    this.most = most;
  }

  /**
   * The expression whose value is this JSON with its decimals; empty if the text alone means the
   * same.
   */
  static Optional<String> expression(byte[] json, int length) {
    JsonDecimals scan = scanned(json, length, MOST_REPLACED);
    return scan.replacements.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "JSON_REPLACE(CAST(%s AS JSON),%s)"
                .formatted(Sql.string(scan.text), String.join(",", scan.replacements)));
  }

  /** Whether there is an {@link #expression}. */
  static boolean areIn(byte[] json, int length) {
    return !scanned(json, length, 1).replacements.isEmpty();
  }

  /** Looks for so many. */
  private static JsonDecimals scanned(byte[] json, int length, int most) {
    JsonDecimals scan = new JsonDecimals(new String(json, 0, length, StandardCharsets.UTF_8), most);
    scan.value();
    return scan;
  }

  private void value() {
    skipSpaces();
    if (replacements.size() == most) {
      at = text.length();
    }
    if (at >= text.length()) {
      return;
    }
    switch (text.charAt(at)) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      default -> scalar();
    }
    skipSpaces();
  }

  private void members() {
    int length = path.length();
    at++;
    skipSpaces();
    while (at < text.length() && text.charAt(at) == '"') {
      int key = at;
      string();
      path.append('.').append(text, key, at);
      skipSpaces();
      at++; // the colon
      value();
      path.setLength(length);
      at++; // a comma, or the end
      skipSpaces();
      if (text.charAt(at - 1) == '}') {
        return;
      }
    }
    at++;
  }

  private void elements() {
    int length = path.length();
    at++;
    skipSpaces();
    for (int i = 0; at < text.length() && text.charAt(at) != ']'; i++) {
      path.append('[').append(i).append(']');
      value();
      path.setLength(length);
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      }
    }
    at++;
  }

  private void string() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void scalar() {
    int start = at;
    while (at < text.length() && "{}[],\" \t\n\r:".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String token = text.substring(start, at);
    if (at == start) {
      at++; // not JSON: nothing is to be found in it
    } else if (isDecimal(token)) {
      BigDecimal number = new BigDecimal(token);
      int digits = Math.max(number.precision(), number.scale());
      if (digits <= MOST_DIGITS && number.scale() <= MOST_FRACTION) {
        replacements.add(
            "%s,CAST('%s' AS DECIMAL(%d,%d))"
                .formatted(Sql.string(path.toString()), token, digits, number.scale()));
      }
    }
  }

  /** Whether a double, or an integer, would be printed otherwise. */
  private static boolean isDecimal(String token) {
    char first = token.charAt(0);
    boolean number = first == '-' || (first >= '0' && first <= '9');
    if (!number || token.indexOf('e') >= 0 || token.indexOf('E') >= 0) {
      return false;
    }
    try {
      int point = token.indexOf('.');
      if (point < 0) {
        BigInteger whole = new BigInteger(token);
        return whole.compareTo(MOST) > 0 || whole.compareTo(LEAST) < 0;
      }
      boolean zeros = token.endsWith("0") && token.length() > point + 2;
      return zeros
          || new BigDecimal(Double.toString(Double.parseDouble(token)))
                  .compareTo(new BigDecimal(token))
              != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
