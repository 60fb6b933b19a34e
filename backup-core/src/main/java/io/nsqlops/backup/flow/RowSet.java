package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.ChunkVault;
import java.util.HashMap;
import java.util.Map;

/** The rows of the differing part of a table, by key; by the whole row where there is no key. */
final class RowSet {
  private final int keyColumns;
  private final Map<RawText, Entry> rows = new HashMap<>();

  /** A row, and how often it occurs. */
  private record Entry(RawText row, long count) {}

  private RowSet(int keyColumns) {
    this.keyColumns = keyColumns;
  }

  /** Rows of the chunks of {@code table} that {@code other} does not have. */
  static RowSet unlike(ChunkVault vault, TableBackup table, TableBackup other) {
    // without a key, a chunk may occur more than once: each occurrence meets one of the other side
    Map<String, Integer> known = new HashMap<>();
    other.chunks().forEach(c -> known.merge(c.id(), 1, Integer::sum));
    RowSet set = new RowSet(table.table().keyColumns());
    for (ChunkRef chunk : table.chunks()) {
      if (known.merge(chunk.id(), -1, Integer::sum) < 0) {
        set.addAll(vault.get(chunk));
      }
    }
    return set;
  }

  /** Rows of the chunks from the one behind {@code range.after} to the one that ends it. */
  static RowSet within(ChunkVault vault, TableBackup table, KeyRange range) {
    RowSet set = new RowSet(table.table().keyColumns());
    boolean inside = range.after() == null;
    for (ChunkRef chunk : table.chunks()) {
      if (inside) {
        set.addAll(vault.get(chunk));
      }
      if (chunk.last() != null && chunk.last().equals(range.after())) {
        inside = true;
      }
      if (chunk.last() != null && chunk.last().equals(range.upTo())) {
        inside = false;
      }
    }
    return set;
  }

  /** Rows of the live table in a range. */
  static RowSet live(TableReader reader, TableBackup table, KeyRange range) {
    RowSet set = new RowSet(table.table().keyColumns());
    RowBuffer buffer = new RowBuffer(1 << 16);
    reader.read(
        reader.describe(table.table().name()).where(table.table().condition()),
        range,
        Long.MAX_VALUE,
        new RowSink() {
          @Override
          public RowBuffer buffer() {
            buffer.length = 0;
            return buffer;
          }

          @Override
          public boolean row(int start, int keyEnd) {
            set.add(buffer.bytes, start, buffer.length);
            return true;
          }
        });
    return set;
  }

  private void addAll(byte[] text) {
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        add(text, start, i + 1);
        start = i + 1;
      }
    }
  }

  private void add(byte[] text, int start, int end) {
    RawText row = RawText.copyOf(text, start, end - start);
    RawText key = keyColumns == 0 ? row : RawText.copyOf(text, start, keyEnd(text, start) - start);
    rows.merge(key, new Entry(row, 1), (a, b) -> new Entry(a.row(), a.count() + b.count()));
  }

  private int keyEnd(byte[] text, int start) {
    int at = start;
    for (int fields = 0; ; at++) {
      boolean ends = text[at] == '\t' || text[at] == '\n';
      if (ends && ++fields == keyColumns) {
        return at;
      }
    }
  }

  /** Counts what is on one side only, and what changed. */
  DiffFlow.TableDiff compare(RowSet other, TableName name, KeyRange range) {
    long onlyHere = 0;
    long onlyThere = 0;
    long changed = 0;
    for (Map.Entry<RawText, Entry> mine : rows.entrySet()) {
      Entry theirs = other.rows.get(mine.getKey());
      long count = mine.getValue().count();
      if (theirs == null) {
        onlyHere += count;
      } else if (!theirs.row().equals(mine.getValue().row())) {
        changed++;
      } else {
        onlyHere += Math.max(0, count - theirs.count());
        onlyThere += Math.max(0, theirs.count() - count);
      }
    }
    for (Map.Entry<RawText, Entry> theirs : other.rows.entrySet()) {
      if (!rows.containsKey(theirs.getKey())) {
        onlyThere += theirs.getValue().count();
      }
    }
    return new DiffFlow.TableDiff(name, "differs", range, onlyHere, onlyThere, changed);
  }
}
