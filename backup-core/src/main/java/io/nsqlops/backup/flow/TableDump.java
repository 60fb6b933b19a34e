package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.ChunkCutter;
import io.nsqlops.backup.codec.CutRule;
import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.codec.RowsDigest;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.repository.ChunkVault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ranges of tables and names their chunks, storing them or not. For one thread. */
final class TableDump implements AutoCloseable {
  /** Chunks up to this size live inside their section. */
  private static final int INLINE_BYTES = 4096;

  /** Stores a chunk that is not inline and says how large its object is. */
  interface Storing {
    long store(ChunkVault vault, String id, byte[] text, int length);
  }

  private final TableReader reader;
  private final ChunkVault vault;
  private final Storing storing;
  private final Progress progress;
  private final RowBuffer buffer = new RowBuffer(1 << 22);

  TableDump(TableReader reader, ChunkVault vault, Storing storing, Progress progress) {
    this.reader = reader;
    this.vault = vault;
    this.storing = storing;
    this.progress = progress;
  }

  /**
   * What a range came to.
   *
   * @param rowsDigest over all rows of a table without a key, else empty
   */
  record Dumped(List<ChunkRef> chunks, String rowsDigest) {}

  TableReader reader() {
    return reader;
  }

  /** The ranges to read a table in: each ends at the first cut behind a split key. */
  List<KeyRange> ranges(Table table, CutRule rule, List<RawText> splitKeys) {
    if (!table.splittable() || splitKeys.isEmpty()) {
      return List.of(KeyRange.all());
    }
    return KeyRange.tile(new CutFinder(table, reader, rule, buffer).behind(splitKeys));
  }

  /** Reads a range; its chunks are stored for good when this returns. */
  Dumped dump(Table table, KeyRange range, CutRule rule) {
    List<ChunkRef> chunks = new ArrayList<>();
    ChunkCutter cutter =
        new ChunkCutter(
            buffer,
            rule,
            (bytes, length, rows, last, forced) ->
                chunks.add(chunk(bytes, length, rows, last, forced)));
    RowsDigest digest = new RowsDigest();
    RowSink sink = table.keyed() ? cutter : new Digesting(cutter, vault, digest);
    reader.read(table, range, Long.MAX_VALUE, sink);
    cutter.finish();
    vault.settle();
    return new Dumped(chunks, table.keyed() ? "" : digest.hex());
  }

  private ChunkRef chunk(
      byte[] bytes, int length, long rows, @Nullable RawText last, boolean forced) {
    String id = vault.id(bytes, 0, length);
    ChunkRef chunk;
    if (length <= INLINE_BYTES) {
      RawText inline = RawText.copyOf(bytes, 0, length);
      chunk = new ChunkRef(id, rows, length, 0, last, forced, inline);
    } else {
      long stored = storing.store(vault, id, bytes, length);
      chunk = new ChunkRef(id, rows, length, stored, last, forced, null);
    }
    progress.advanced(rows, length);
    return chunk;
  }

  @Override
  public void close() {
    try (reader) {
      vault.close();
    }
  }

  /** Adds each row to a digest before the cutter sees it. */
  private record Digesting(ChunkCutter cutter, ChunkVault vault, RowsDigest digest)
      implements RowSink {
    @Override
    public RowBuffer buffer() {
      return cutter.buffer();
    }

    @Override
    public boolean row(int start, int keyEnd) {
      RowBuffer rows = cutter.buffer();
      digest.add(vault.hmac(rows.bytes, start, rows.length - start));
      return cutter.row(start, keyEnd);
    }
  }
}
