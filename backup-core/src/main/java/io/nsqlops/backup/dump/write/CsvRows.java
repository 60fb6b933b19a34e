package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.util.List;

/**
 * Rows as Dumpling's CSV, which is what TiDB Lightning reads by default: commas, a header, text in
 * double quotes with backslash escapes, {@code \N} for NULL, bytes as they are.
 */
public final class CsvRows implements RowFormat {
  private static final int SPILL = 1 << 18;

  private final List<Column> columns;
  private final boolean[] bare;
  private final RowBuffer out = new RowBuffer(SPILL);

  public CsvRows(Table table) {
    this.columns = table.columns();
    this.bare = new boolean[columns.size()];
    for (int i = 0; i < bare.length; i++) {
      Literals literals = Literals.of(columns.get(i));
      bare[i] = literals == Literals.NUMBER || literals == Literals.FLOATING;
    }
  }

  @Override
  public void begin(ExportFile file) {
    if (columns.isEmpty()) {
      add('"');
      add('"');
    }
    for (int i = 0; i < bare.length; i++) {
      if (i > 0) {
        add(',');
      }
      byte[] name = RawText.ofUtf8(columns.get(i).name()).bytes();
      RowBuffer canonical = new RowBuffer(2 * name.length + 8);
      io.nsqlops.backup.codec.CanonicalText.string(canonical, name, 0, name.length);
      Escapes.CSV.quoted(canonical.bytes, 0, canonical.length, out);
    }
    add('\n');
    spill(file);
  }

  @Override
  public void rows(ExportFile file, byte[] text) {
    int column = 0;
    int from = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\t' || text[i] == '\n') {
        field(text, from, i, column);
        add(text[i] == '\t' ? ',' : '\n');
        column = text[i] == '\t' ? column + 1 : 0;
        from = i + 1;
        if (out.length >= SPILL) {
          spill(file);
        }
      }
    }
    spill(file);
  }

  private void field(byte[] text, int from, int to, int column) {
    if (InsertRows.isNull(text, from, to) || bare[column]) {
      out.ensure(to - from);
      System.arraycopy(text, from, out.bytes, out.length, to - from);
      out.length += to - from;
    } else {
      Escapes.CSV.quoted(text, from, to, out);
    }
  }

  @Override
  public void end(ExportFile file) {
    spill(file);
  }

  private void spill(ExportFile file) {
    file.write(out.bytes, out.length);
    out.length = 0;
  }

  private void add(char c) {
    out.ensure(1);
    out.bytes[out.length++] = (byte) c;
  }
}
