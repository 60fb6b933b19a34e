package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.repository.ChunkVault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of two sides of a table that are on one of them only, or changed. Both sides are
 * read in turn, and a row waits only until the other side has it too: of sides in the same order no
 * more is held than they are apart. The order itself is not relied upon.
 *
 * <p>Rows meet by their key, without one by their digest. For one thread.
 */
final class RowComparison {
  private static final int DIGEST_BYTES = 16;

  private final int keyColumns;
  private final ChunkVault vault;
  private final Side first = new Side();
  private final Side second = new Side();
  private long changed;

  RowComparison(int keyColumns, ChunkVault vault) {
    this.keyColumns = keyColumns;
    this.vault = vault;
  }

  /** Takes a row, newline included. */
  interface RowTaker {
    void row(byte[] text, int start, int end);
  }

  /** Gives all rows of the second side. */
  interface RowSource {
    void feed(RowTaker taker);
  }

  private static final class Side {
    private final Map<RawText, Waiting> waiting = new HashMap<>();
    private long only;
    private long read;
    private boolean ended;

    /** What still waits has no counterpart. */
    private void settle() {
      waiting.values().forEach(w -> only += w.count());
      waiting.clear();
      read = 0;
      ended = false;
    }
  }

  /**
   * Rows without a counterpart so far.
   *
   * @param row its digest
   */
  private record Waiting(RawText row, long count) {}

  /** Compares a part of the table: stored chunks with whatever the second side has of it. */
  void compare(List<ChunkRef> stored, RowSource source) {
    StoredRows rows = new StoredRows(vault, stored);
    source.feed(
        (text, start, end) -> {
          take(second, first, text, start, end);
          while (first.read < second.read && !first.ended) {
            takeStored(rows);
          }
        });
    second.ended = true;
    while (!first.ended) {
      takeStored(rows);
    }
    first.settle();
    second.settle();
  }

  private void takeStored(StoredRows rows) {
    if (rows.next()) {
      take(first, second, rows.text(), rows.start(), rows.end());
    } else {
      first.ended = true;
    }
  }

  private void take(Side mine, Side other, byte[] text, int start, int end) {
    mine.read++;
    RawText row = digest(text, start, end);
    RawText key = keyColumns == 0 ? row : RawText.copyOf(text, start, keyEnd(text, start) - start);
    Waiting theirs = other.waiting.get(key);
    if (theirs != null) {
      changed += theirs.row().equals(row) ? 0 : 1;
      other.waiting.compute(key, (k, w) -> oneLess(theirs));
    } else if (other.ended) {
      mine.only++;
    } else {
      mine.waiting.merge(
          key, new Waiting(row, 1), (a, b) -> new Waiting(a.row(), a.count() + b.count()));
    }
  }

  private static @Nullable Waiting oneLess(Waiting rows) {
    return rows.count() == 1 ? null : new Waiting(rows.row(), rows.count() - 1);
  }

  private RawText digest(byte[] text, int start, int end) {
    return RawText.of(Arrays.copyOf(vault.hmac(text, start, end - start), DIGEST_BYTES));
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

  /** Rows whose key, or which without a key, only the first side has. */
  long onlyFirst() {
    return first.only;
  }

  /** As {@link #onlyFirst}. */
  long onlySecond() {
    return second.only;
  }

  /** Rows with the same key and other values. */
  long changed() {
    return changed;
  }
}
