package io.nsqlops.logs.join;

import io.nsqlops.logs.model.RangeConsumer;
import java.util.Arrays;

/**
 * Text being put together from several lines, the ranges those lines cover in their file, or files
 * if the text goes on behind a rotation, and the envelope of the first.
 */
public final class PendingText implements RangeConsumer {
  /** There are several of these for each of many files: the room of a long text is not kept. */
  private static final int KEEP = 1024;

  private byte[] bytes = new byte[0];
  private int size;

  /** Size of what it began with. */
  private int head;

  private long[] ranges = new long[3 * 4];
  private int rangeCount;
  private boolean active;
  private long time;
  private long touched;
  private long begun;

  public boolean isActive() {
    return active;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** How much was joined to what the text began with. */
  public int joined() {
    return size - head;
  }

  /** Generation of the file the text begins in. */
  public long generation() {
    return ranges[0];
  }

  /** Offset of the first byte of the first line. */
  public long start() {
    return ranges[1];
  }

  /** Time from the envelope of the first line. */
  public long time() {
    return time;
  }

  /** When the last line was added, on the caller's clock. */
  public long touched() {
    return touched;
  }

  /** When the first line was added, on the caller's clock. */
  public long begun() {
    return begun;
  }

  public int rangeCount() {
    return rangeCount;
  }

  public long rangeGeneration(int i) {
    return ranges[3 * i];
  }

  public long rangeFrom(int i) {
    return ranges[3 * i + 1];
  }

  public long rangeTo(int i) {
    return ranges[3 * i + 2];
  }

  /** Begins with no text. */
  public void begin(long envelopeTime) {
    active = true;
    time = envelopeTime;
  }

  public void append(byte[] source, int from, int to, long now) {
    int length = to - from;
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, size, length);
    if (size == 0) {
      begun = now;
      head = length;
    }
    size += length;
    touched = now;
  }

  /** Adds bytes this text covers, in the order of the file. */
  @Override
  public void cover(long generation, long from, long to) {
    int last = 3 * rangeCount - 3;
    if (rangeCount > 0 && ranges[last] == generation && ranges[last + 2] == from) {
      ranges[last + 2] = to;
      return;
    }
    if (3 * rangeCount == ranges.length) {
      ranges = Arrays.copyOf(ranges, ranges.length * 2);
    }
    ranges[3 * rangeCount] = generation;
    ranges[3 * rangeCount + 1] = from;
    ranges[3 * rangeCount + 2] = to;
    rangeCount++;
  }

  /** Adds everything another text covers. */
  public void cover(PendingText other) {
    for (int i = 0; i < other.rangeCount; i++) {
      cover(other.rangeGeneration(i), other.rangeFrom(i), other.rangeTo(i));
    }
  }

  /** Begins with everything another text holds. */
  public void begin(PendingText other, long now) {
    begin(other.time);
    append(other.bytes, 0, other.size, now);
    cover(other);
    head = other.head;
  }

  /** Takes over everything another text holds, and leaves that empty. */
  public void takeOver(PendingText other) {
    begin(other, other.touched);
    other.clear();
  }

  public void clear() {
    active = false;
    size = 0;
    rangeCount = 0;
    if (bytes.length > KEEP) {
      bytes = new byte[0];
    }
  }
}
