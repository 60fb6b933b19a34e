package io.nsqlops.backup.codec;

import io.nsqlops.backup.model.RawText;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows and hands them on chunk by chunk, as {@link CutRule} says. Reused for many ranges
 * by one thread; the buffer is the only large thing in it.
 */
public final class ChunkCutter implements RowSink {

  /** Takes a finished chunk; the bytes are only valid during the call. */
  public interface Target {
    /**
     * @param last key of the last row, null in tables without a key
     * @param forced ended by size alone
     */
    void chunk(byte[] bytes, int length, long rows, @Nullable RawText last, boolean forced);
  }

  private final RowBuffer buffer;
  private final CutRule rule;
  private final Target target;
  private long rows;
  private int lastStart;
  private int lastKeyEnd;

  public ChunkCutter(RowBuffer buffer, CutRule rule, Target target) {
    this.buffer = buffer;
    this.rule = rule;
    this.target = target;
    buffer.length = 0;
  }

  @Override
  public RowBuffer buffer() {
    return buffer;
  }

  @Override
  public boolean row(int start, int keyEnd) {
    rows++;
    lastStart = start;
    lastKeyEnd = keyEnd;
    int end = buffer.length;
    int hashEnd = keyEnd == start ? end : keyEnd;
    if (rule.endsChunk(buffer.bytes, start, hashEnd, end - start)) {
      emit(false);
    } else if (end >= rule.maxBytes()) {
      emit(true);
    }
    return true;
  }

  /** Ends the range: what is left becomes its last chunk. */
  public void finish() {
    if (rows > 0) {
      emit(false);
    }
  }

  private void emit(boolean forced) {
    RawText last =
        lastKeyEnd == lastStart
            ? null
            : RawText.copyOf(buffer.bytes, lastStart, lastKeyEnd - lastStart);
    long count = rows;
    int length = buffer.length;
    rows = 0;
    buffer.length = 0;
    target.chunk(buffer.bytes, length, count, last, forced);
  }
}
