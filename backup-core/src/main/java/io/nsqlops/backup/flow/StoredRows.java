package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.repository.ChunkVault;
import java.util.Iterator;
import java.util.List;

/** The rows of stored chunks, one after the other; one chunk is in memory at a time. */
final class StoredRows {
  private final ChunkVault vault;
  private final Iterator<ChunkRef> chunks;
  private byte[] text = new byte[0];
  private int start;
  private int end;

  StoredRows(ChunkVault vault, List<ChunkRef> chunks) {
    this.vault = vault;
    this.chunks = chunks.iterator();
  }

  /** Goes to the next row; false if there is none. */
  boolean next() {
    start = end;
    while (start == text.length) {
      if (!chunks.hasNext()) {
        return false;
      }
      text = vault.get(chunks.next());
      start = 0;
    }
    end = start;
    while (text[end] != '\n') {
      end++;
    }
    end++;
    return true;
  }

  /** What the row stands in, from {@link #start} to {@link #end}; valid until the next call. */
  byte[] text() {
    return text;
  }

  int start() {
    return start;
  }

  /** Behind the row's newline. */
  int end() {
    return end;
  }
}
