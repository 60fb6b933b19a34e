package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.model.QuotedText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Of a table's definition, what the time zone of a session may decide: what is computed from
 * timestamps, whose text is of that zone, or by functions that ask for it.
 *
 * @param names of the columns, quoted
 * @param generated those of them that are computed
 * @param isStored whether values of some of these are stored
 */
record ZonedItems(Set<String> names, Set<String> generated, boolean isStored) {
  /** A column of that type, its quoted name left out. */
  static final Pattern TIMESTAMP = Pattern.compile("^\\S* ?timestamp\\b");

  private static final Pattern COMPUTED = Pattern.compile(" (?:GENERATED ALWAYS )?AS \\(");
  private static final Pattern STORED = Pattern.compile("\\) (?:STORED|PERSISTENT)\\b");
  private static final Pattern FUNCTION =
      Pattern.compile("(?i)\\b(?:from_unixtime|unix_timestamp|convert_tz) *\\(");

  ZonedItems {
    names = Set.copyOf(names);
    generated = Set.copyOf(generated);
  }

  /**
   * Looks for them.
   *
   * @param columns items of columns, as servers print them
   */
  static ZonedItems of(List<String> columns) {
    Set<String> names = new LinkedHashSet<>();
    columns.stream()
        .filter(c -> TIMESTAMP.matcher(QuotedText.without(c)).find())
        .forEach(c -> names.add(name(c)));
    Set<String> generated = new LinkedHashSet<>();
    boolean stored = false;
    // columns may be computed from computed ones, in any order
    for (int found = -1; found < names.size() + generated.size(); ) {
      found = names.size() + generated.size();
      for (String column : columns) {
        String plain = QuotedText.without(column);
        if (COMPUTED.matcher(plain).find()
            && mayDecide(column.substring(name(column).length()), names)) {
          generated.add(name(column));
          names.add(name(column));
          stored |= STORED.matcher(plain).find();
        }
      }
    }
    return new ZonedItems(names, generated, stored);
  }

  private static String name(String column) {
    return column.substring(0, QuotedText.end(column, 0));
  }

  /** Whether an item names such a column, or calls such a function. */
  boolean mayDecide(String item) {
    return mayDecide(item, names);
  }

  private static boolean mayDecide(String item, Set<String> names) {
    return names.stream().anyMatch(item::contains)
        || FUNCTION.matcher(QuotedText.without(item)).find();
  }
}
