package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as INSERT statements of many rows each. */
public final class InsertRows implements RowFormat {
  private static final int SPILL = 1 << 18;

  private final String head;
  private final List<Literals> columns;
  private final byte[] verb;
  private final int statementBytes;
  private final RowBuffer out = new RowBuffer(SPILL);
  private int inStatement;

  /**
   * For one table.
   *
   * @param name what the statements call it
   * @param head what each file begins with
   * @param statementBytes a statement ends with the row that reaches this size
   */
  public InsertRows(Table table, String name, String head, int statementBytes) {
    this.head = head;
    this.columns = table.columns().stream().map(Literals::of).toList();
    this.statementBytes = statementBytes;
    String names =
        table.columns().stream()
            .map(Column::name)
            .map(SqlText::name)
            .collect(Collectors.joining(","));
    this.verb =
        RawText.ofUtf8("INSERT INTO " + SqlText.name(name) + " (" + names + ") VALUES\n").bytes();
  }

  @Override
  public void begin(ExportFile file) {
    file.write(head);
  }

  @Override
  public void rows(ExportFile file, byte[] text) {
    int at = 0;
    while (at < text.length) {
      if (inStatement == 0) {
        add(verb);
      } else {
        add(",\n");
      }
      int start = out.length;
      at = row(text, at);
      inStatement += out.length - start;
      if (inStatement >= statementBytes) {
        endStatement();
      }
      if (out.length >= SPILL) {
        spill(file);
      }
    }
    spill(file);
  }

  @Override
  public void end(ExportFile file) {
    if (inStatement > 0) {
      endStatement();
    }
    spill(file);
  }

  private void endStatement() {
    add(";\n");
    inStatement = 0;
  }

  private void spill(ExportFile file) {
    file.write(out.bytes, out.length);
    out.length = 0;
  }

  /** Writes the row that begins at {@code from}; where the next one does. */
  private int row(byte[] text, int from) {
    add("(");
    int at = from;
    for (int column = 0; column < columns.size(); column++) {
      int end = at;
      while (text[end] != '\t' && text[end] != '\n') {
        end++;
      }
      if (column > 0) {
        add(",");
      }
      if (isNull(text, at, end)) {
        add("NULL");
      } else {
        columns.get(column).write(text, at, end, out);
      }
      at = end + 1;
    }
    add(")");
    // a table of generated columns alone has rows of one NULL that belongs to none
    return columns.isEmpty() ? from + 3 : at;
  }

  static boolean isNull(byte[] text, int from, int to) {
    return to - from == 2 && text[from] == '\\' && text[from + 1] == 'N';
  }

  private void add(String ascii) {
    out.ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      out.bytes[out.length++] = (byte) ascii.charAt(i);
    }
  }

  private void add(byte[] bytes) {
    out.ensure(bytes.length);
    System.arraycopy(bytes, 0, out.bytes, out.length, bytes.length);
    out.length += bytes.length;
  }
}
