package io.nsqlops.backup.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A half-open part of a table's key order: the rows after {@code after} up to and including {@code
 * upTo}. Null ends stand for −∞ and +∞.
 *
 * @param after canonical text of the last key before the range
 * @param upTo canonical text of the last key of the range
 */
public record KeyRange(@Nullable RawText after, @Nullable RawText upTo) {
  private static final KeyRange ALL = new KeyRange(null, null);

  public static KeyRange all() {
    return ALL;
  }

  /** The ranges that tile the whole key space, cut behind each of {@code ends}. */
  public static List<KeyRange> tile(List<RawText> ends) {
    List<KeyRange> ranges = new ArrayList<>();
    RawText after = null;
    for (RawText end : ends) {
      ranges.add(new KeyRange(after, end));
      after = end;
    }
    ranges.add(new KeyRange(after, null));
    return List.copyOf(ranges);
  }

  /** For messages: {@code (12 .. 34]}. */
  @Override
  public String toString() {
    return "(" + printable(after, "-inf") + " .. " + printable(upTo, "+inf") + "]";
  }

  private static String printable(@Nullable RawText key, String open) {
    return key == null ? open : key.toString().replace("\t", ", ");
  }
}
