package io.nsqlops.logs.parse.plain;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Digits;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which lines of plain text begin an event. */
public interface MultilineRule {
  LineRole role(byte[] text, int from, int to);

  /** Every line is an event. */
  static MultilineRule none() {
    return (text, from, to) -> LineRole.ALONE;
  }

  /** Lines that begin with white space, and empty lines, continue the event before them. */
  static MultilineRule indented() {
    return (text, from, to) ->
        from == to || text[from] == ' ' || text[from] == '\t'
            ? LineRole.CONTINUES
            : LineRole.STARTS;
  }

  /** An event begins with a digit or a bracket and a digit, as timestamps do. */
  static MultilineRule timestamp() {
    return (text, from, to) -> {
      int first = from < to && text[from] == '[' ? from + 1 : from;
      return first < to && Digits.isDigit(text[first]) ? LineRole.STARTS : LineRole.CONTINUES;
    };
  }

  /** An event begins where the pattern is found at the beginning of a line. */
  static MultilineRule startsWith(Pattern pattern) {
    return (text, from, to) -> {
      String line = new String(text, from, to - from, StandardCharsets.UTF_8);
      return pattern.matcher(line).lookingAt() ? LineRole.STARTS : LineRole.CONTINUES;
    };
  }
}
