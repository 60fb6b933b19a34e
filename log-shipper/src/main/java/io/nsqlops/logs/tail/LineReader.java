package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.Utf8;
import io.nsqlops.logs.tail.LineConsumer.Piece;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Reads whole lines from where a file's position stands, a chunk at a time, through one buffer for
 * all files. A half line at the end waits in the file, not in memory.
 */
public final class LineReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long NEWLINES = ONES * '\n';
  private static final long HIGH = 0x8080808080808080L;

  private final int chunk;
  private final int lineLimit;
  private final byte[] buffer;

  /** Whether the last reading ended because a line could not be taken. */
  private boolean refused;

  /** What came of reading. */
  public enum Outcome {
    /** There is nothing new. */
    IDLE,
    /** Lines were read. */
    PROGRESS,
    /** The file is no longer the content it was. */
    TRUNCATED
  }

  /**
   * @param chunk bytes read at most at a time: the share of one file before it is the next one's
   *     turn
   * @param lineLimit longest line read as one; longer ones are split
   */
  public LineReader(int chunk, int lineLimit) {
    this.chunk = Math.min(chunk, lineLimit);
    this.lineLimit = lineLimit;
    this.buffer = new byte[lineLimit + OpenFile.ANCHOR];
  }

  /**
   * Reads on in an open file.
   *
   * @param most bytes to read at most; one longer line is read all the same
   * @param first called before the first line of a file is handed on
   */
  public Outcome read(TrackedFile file, LineConsumer lines, int most, Consumer<TrackedFile> first)
      throws IOException {
    OpenFile open = file.open();
    if (open == null || open.isAtEnd()) {
      return Outcome.IDLE;
    }
    if (open.size() < file.position()) {
      return Outcome.TRUNCATED;
    }
    int anchor = open.anchorLength();
    long base = file.position() - anchor;
    int wanted = anchor + Math.min(chunk, most);
    int n = open.read(base, buffer, 0, wanted);
    if (n == wanted && newline(buffer, anchor, n) < 0) {
      wanted = buffer.length;
      n += open.read(base + n, buffer, n, wanted - n);
      int line = most < chunk ? newline(buffer, anchor, n) : -1;
      if (line >= 0) {
        n = line + 1;
        wanted = n;
      }
    }
    // Checked after reading: what was read before a truncation is then known to be good.
    if (!open.matchesAnchor(buffer, n) || !file.matchesHead()) {
      return Outcome.TRUNCATED;
    }
    if (!file.isIdentified() && hasLine(anchor, n)) {
      first.accept(file);
    }
    int at = lines(open, base, anchor, n, lines);
    boolean more = n == wanted || refused;
    open.advance(buffer, at, more ? -1 : base + n);
    file.moveTo(base + at);
    return at > anchor ? Outcome.PROGRESS : Outcome.IDLE;
  }

  private boolean hasLine(int from, int n) {
    return n - from >= lineLimit || newline(buffer, from, n) >= 0;
  }

  private int lines(OpenFile open, long base, int from, int n, LineConsumer lines) {
    int at = from;
    boolean lineStart = open.atLineStart();
    refused = false;
    while (at < n) {
      int newline = newline(buffer, at, n);
      boolean tooLong = newline < 0 && n - at >= lineLimit;
      if (newline < 0 && !tooLong) {
        break;
      }
      refused = !lines.isReady(tooLong ? lineLimit : newline - at);
      if (refused) {
        break;
      }
      if (newline >= 0) {
        int to = newline > at && buffer[newline - 1] == '\r' ? newline - 1 : newline;
        Piece piece = lineStart ? Piece.WHOLE : Piece.SPLIT;
        lines.line(buffer, at, to, base + at, base + newline + 1, piece);
        at = newline + 1;
        lineStart = true;
      } else {
        int cut = Utf8.cut(buffer, at, at + lineLimit);
        lines.line(buffer, at, cut, base + at, base + cut, Piece.SPLIT);
        at = cut;
        lineStart = false;
      }
    }
    return at;
  }

  /** Reads the unterminated end of a file that will not grow any more. */
  public void readEnd(TrackedFile file, LineConsumer lines, Consumer<TrackedFile> first)
      throws IOException {
    OpenFile open = file.open();
    if (open == null || !lines.isReady(0)) {
      return;
    }
    int n = open.read(file.position(), buffer, 0, lineLimit);
    if (n > 0) {
      if (!file.isIdentified()) {
        first.accept(file);
      }
      long start = file.position();
      lines.line(buffer, 0, n, start, start + n, Piece.UNTERMINATED);
      open.advance(buffer, n, start + n);
      file.moveTo(start + n);
    }
  }

  /** Position of the first line feed, or -1. */
  static int newline(byte[] s, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONGS.get(s, i) ^ NEWLINES;
      long found = (word - ONES) & ~word & HIGH;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (s[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
