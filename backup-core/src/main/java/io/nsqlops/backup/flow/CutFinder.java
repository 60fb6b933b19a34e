package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.CutRule;
import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns any keys into ends of ranges: the first cut behind each. Ranges that end where a chunk ends
 * anyway give the same chunks as one reader of the whole table would.
 */
final class CutFinder implements RowSink {
  private static final long FIRST_LOOK = 512;
  private static final long LONGEST_LOOK = 8 * 1024;

  private final Table table;
  private final TableReader reader;
  private final CutRule rule;
  private final RowBuffer buffer;
  private long rows;
  private @Nullable RawText last;
  private @Nullable RawText cut;

  CutFinder(Table table, TableReader reader, CutRule rule, RowBuffer buffer) {
    this.table = table;
    this.reader = reader;
    this.rule = rule;
    this.buffer = buffer;
  }

  /** The cuts behind {@code keys}, each once, in order. */
  List<RawText> behind(List<RawText> keys) {
    List<RawText> cuts = new ArrayList<>();
    for (RawText key : keys) {
      RawText found = behind(key);
      if (found != null && !cuts.contains(found)) {
        cuts.add(found);
      }
    }
    return cuts;
  }

  private @Nullable RawText behind(RawText key) {
    cut = null;
    last = key;
    long limit = FIRST_LOOK;
    do {
      rows = 0;
      reader.read(table, new KeyRange(last, null), limit, this);
      if (cut != null) {
        return cut;
      }
      limit = Math.min(LONGEST_LOOK, limit * 2);
    } while (rows > 0);
    return null;
  }

  @Override
  public RowBuffer buffer() {
    buffer.length = 0;
    return buffer;
  }

  @Override
  public boolean row(int start, int keyEnd) {
    rows++;
    last = RawText.copyOf(buffer.bytes, start, keyEnd - start);
    if (rule.endsChunk(buffer.bytes, start, keyEnd, buffer.length - start)) {
      cut = last;
    }
    return cut == null;
  }
}
