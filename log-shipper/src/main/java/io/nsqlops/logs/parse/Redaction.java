package io.nsqlops.logs.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns whose matches are replaced before an event is parsed. Immutable. */
public final class Redaction {
  /** What stands in place of what matched; it means nothing in any of the formats. */
  public static final String MARK = "<redacted>";

  /**
   * Texts in single quotes, as SQL writes them. Possessive, so that matching does not recurse: each
   * character of a long text would take its share of the stack.
   */
  public static final Pattern SQL_STRINGS =
      Pattern.compile(
          "'(?:[^'\\\\]++|''|\\\\.)*+'"
              // TiDB cuts long statements, amid a string too, and tells how long they were.
              + "|'(?:[^'\\\\(]++|''|\\\\.|\\((?!len:\\d))*+(?=\\(len:\\d)");

  private final List<Pattern> patterns;

  private Redaction(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /** Nothing is replaced. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  public static Redaction of(List<Pattern> patterns) {
    return new Redaction(List.copyOf(patterns));
  }

  public boolean isNone() {
    return patterns.isEmpty();
  }

  /** The text with every match replaced. */
  public static final class Result {
    private final byte[] text;
    private final int places;

    private Result(byte[] text, int places) {
      this.text = text;
      this.places = places;
    }

    public byte[] text() {
      return text;
    }

    /** How often something was replaced. */
    public int places() {
      return places;
    }
  }

  /**
   * Replaces in {@code [from, to)}; what is not UTF-8 in a text that is changed is replaced too. A
   * text that is too much for a pattern is replaced as a whole: it may hold what must not be seen.
   */
  public Result apply(byte[] source, int from, int to) {
    try {
      return replaced(source, from, to);
    } catch (StackOverflowError e) {
      return new Result(MARK.getBytes(StandardCharsets.UTF_8), 1);
    }
  }

  private Result replaced(byte[] source, int from, int to) {
    String text = new String(source, from, to - from, StandardCharsets.UTF_8);
    int places = 0;
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(text);
      StringBuilder out = new StringBuilder();
      int before = places;
      while (matcher.find()) {
        matcher.appendReplacement(out, Matcher.quoteReplacement(MARK));
        places++;
      }
      if (places > before) {
        text = matcher.appendTail(out).toString();
      }
    }
    return places == 0
        ? new Result(java.util.Arrays.copyOfRange(source, from, to), 0)
        : new Result(text.getBytes(StandardCharsets.UTF_8), places);
  }
}
