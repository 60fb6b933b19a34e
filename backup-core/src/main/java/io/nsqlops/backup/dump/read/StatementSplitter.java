package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.model.Quoting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a script apart as the command-line client does: knows quotes, escapes, comments and the
 * command DELIMITER, and changes no byte. One statement is in memory at a time.
 *
 * <p>A conditional comment is code, so its end means nothing here.
 */
public final class StatementSplitter {
  private static final byte[] DELIMITER = "DELIMITER".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SANDBOX = "/*M!999999\\- ".getBytes(StandardCharsets.US_ASCII);

  /** What ends a statement. */
  public enum Ending {
    /** The delimiter, wherever it stands outside of quotes and comments. */
    DELIMITER,
    /** A semicolon at the end of a line, quotes or not: what mydumper and myloader agree on. */
    LINE
  }

  private final Window window;
  private final Ending ending;
  private byte[] delimiter = {';'};
  private Quoting quoting = Quoting.USUAL;
  private long line = 1;

  public StatementSplitter(InputStream in, Ending ending) {
    this.window = new Window(in);
    this.ending = ending;
  }

  /** How quotes are meant from here on: the session's sql_mode decides. */
  public void quoting(Quoting meant) {
    quoting = meant;
  }

  /**
   * The next statement; the last one may be empty and hold only what follows the last delimiter.
   * Nothing after that.
   */
  public Optional<Statement> next() throws IOException {
    int from = lead();
    if (window.at(from) < 0) {
      return from == 0 ? Optional.empty() : Optional.of(statement(from, from, from));
    }
    int to = ending == Ending.LINE ? endOfLines(from) : endOfStatement(from);
    int behind = window.at(to) < 0 ? to : to + delimiter.length;
    return Optional.of(statement(from, to, behind));
  }

  private Statement statement(int from, int to, int behind) {
    byte[] raw = window.take(behind);
    long begins = line + newlines(raw, from);
    line += newlines(raw, raw.length);
    return new Statement(raw, from, trimmed(raw, from, to), begins);
  }

  private static long newlines(byte[] raw, int length) {
    long count = 0;
    for (int i = 0; i < length; i++) {
      count += raw[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private static int trimmed(byte[] raw, int from, int to) {
    int end = to;
    while (end > from && isSpace(raw[end - 1])) {
      end--;
    }
    return end;
  }

  /** Passes over white space, comments and commands of the client. */
  private int lead() throws IOException {
    int at = 0;
    while (true) {
      int c = window.at(at);
      if (c >= 0 && isSpace(c)) {
        at++;
      } else if (isLineComment(at)) {
        at = endOfLine(at);
      } else if (isPlainComment(at) || window.isAt(at, SANDBOX)) {
        at = behindComment(at);
      } else if (ending == Ending.DELIMITER && isDelimiterCommand(at)) {
        int end = endOfLine(at);
        takeDelimiter(at + DELIMITER.length, end);
        at = end;
      } else {
        return at;
      }
    }
  }

  private boolean isDelimiterCommand(int at) throws IOException {
    for (int i = 0; i < DELIMITER.length; i++) {
      int c = window.at(at + i);
      if (c < 0 || Character.toUpperCase(c) != DELIMITER[i]) {
        return false;
      }
    }
    int next = window.at(at + DELIMITER.length);
    if (next != ' ' && next != '\t') {
      return false;
    }
    int end = endOfLine(at);
    for (int i = at + DELIMITER.length; i < end; i++) {
      if (!isSpace(window.at(i))) {
        return true;
      }
    }
    return false;
  }

  /** The first word behind the command. */
  private void takeDelimiter(int from, int to) throws IOException {
    int begin = from;
    while (isSpace(window.at(begin))) {
      begin++;
    }
    int end = begin;
    while (end < to && !isSpace(window.at(end))) {
      end++;
    }
    byte[] taken = new byte[end - begin];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = (byte) window.at(begin + i);
    }
    delimiter = taken;
  }

  private int endOfStatement(int from) throws IOException {
    int at = from;
    while (true) {
      int c = window.at(at);
      if (c < 0) {
        return at;
      }
      if (c == (delimiter[0] & 0xff) && window.isAt(at, delimiter)) {
        return at;
      }
      if (c == '\'' || c == '"' || c == '`') {
        at = behindQuoted(at, c);
      } else if ((c == '-' || c == '#') && isLineComment(at)) {
        at = endOfLine(at);
      } else if (c == '/' && isPlainComment(at)) {
        at = behindComment(at);
      } else {
        at++;
      }
    }
  }

  private int behindQuoted(int open, int quote) throws IOException {
    int at = open + 1;
    while (true) {
      int c = window.at(at);
      if (c < 0) {
        return at;
      }
      if (c == '\\' && quoting.escapesIn(quote) && window.at(at + 1) >= 0) {
        at += 2;
      } else if (c == quote) {
        return at + 1; // a doubled quote opens the next string at once, which comes to the same
      } else {
        at++;
      }
    }
  }

  private int endOfLines(int from) throws IOException {
    int at = from;
    while (true) {
      int c = window.at(at);
      int next = c == ';' ? window.at(at + 1) : 0;
      if (c < 0 || (c == ';' && (next == '\n' || next < 0))) {
        return at;
      }
      at++;
    }
  }

  private boolean isLineComment(int at) throws IOException {
    int c = window.at(at);
    if (c == '#') {
      return true;
    }
    if (c != '-' || window.at(at + 1) != '-') {
      return false;
    }
    int third = window.at(at + 2);
    return third < 0 || isSpace(third);
  }

  /** Neither {@code /*!} nor {@code /*M!} nor {@code /*T!}: those are code. */
  private boolean isPlainComment(int at) throws IOException {
    if (window.at(at) != '/' || window.at(at + 1) != '*') {
      return false;
    }
    int third = window.at(at + 2);
    boolean named = (third == 'M' || third == 'T') && window.at(at + 3) == '!';
    return third != '!' && third != '+' && !named;
  }

  private int behindComment(int at) throws IOException {
    int end = at + 2;
    while (window.at(end) >= 0) {
      if (window.at(end) == '*' && window.at(end + 1) == '/') {
        return end + 2;
      }
      end++;
    }
    return end;
  }

  private int endOfLine(int at) throws IOException {
    int end = at;
    while (window.at(end) >= 0 && window.at(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  @Override
  public String toString() {
    return "line " + line + ", delimiter " + Arrays.toString(delimiter).toLowerCase(Locale.ROOT);
  }
}
