package io.nsqlops.backup.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of its server a backup holds.
 *
 * @param filter rows that were left out within tables
 */
public record Scope(Selection selection, RowFilter filter, Content content) {
  public static final Scope ALL = new Scope(Selection.ALL, RowFilter.NONE, Content.ALL);

  /** Whole tables, definitions and rows. */
  public Scope(Selection selection) {
    this(selection, RowFilter.NONE, Content.ALL);
  }

  /** Whether tables are in the backup that are not whole. */
  public boolean isPartial() {
    return content != Content.ALL || !filter.conditions().isEmpty();
  }

  /** One line a restriction; none for a backup of everything. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    if (content != Content.ALL) {
      lines.add(content.text() + " only");
    }
    if (!selection.include().isEmpty()) {
      lines.add("included " + String.join(", ", selection.include()));
    }
    if (!selection.exclude().isEmpty()) {
      lines.add("excluded " + String.join(", ", selection.exclude()));
    }
    filter.conditions().forEach(c -> lines.add("of " + c.tables() + " rows where " + c.sql()));
    return lines;
  }
}
