package io.nsqlops.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Columns of text. A heading that begins with {@code >} marks a column of numbers. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  public TextTable(String... headings) {
    right = new boolean[headings.length];
    List<String> first = new ArrayList<>();
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      first.add(right[i] ? headings[i].substring(1) : headings[i]);
    }
    rows.add(first);
  }

  /** Adds a row of as many cells as there are headings. */
  public void row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(cells.length + " cells in " + right.length + " columns");
    }
    // here already: the width is that of what is seen
    rows.add(Stream.of(cells).map(VisibleText::of).toList());
  }

  /** The lines, the headings first. */
  public List<String> lines() {
    int[] widths = new int[right.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(right[i] ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }
}
