package io.nsqlops.backup.engine;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;

/** Keeps all rows it is given. */
final class Rows implements RowSink {
  private final RowBuffer buffer = new RowBuffer(1 << 10);
  private final List<RawText> rows = new ArrayList<>();
  private final List<RawText> keys = new ArrayList<>();

  static Rows read(TableReader reader, Table table, KeyRange range) {
    Rows rows = new Rows();
    reader.read(table, range, Long.MAX_VALUE, rows);
    return rows;
  }

  List<RawText> rows() {
    return rows;
  }

  List<RawText> keys() {
    return keys;
  }

  void addAll(Rows others) {
    rows.addAll(others.rows);
    keys.addAll(others.keys);
  }

  @Override
  public RowBuffer buffer() {
    buffer.length = 0;
    return buffer;
  }

  @Override
  public boolean row(int start, int keyEnd) {
    rows.add(RawText.copyOf(buffer.bytes, start, buffer.length - start));
    keys.add(RawText.copyOf(buffer.bytes, start, keyEnd - start));
    return true;
  }
}
