package io.nsqlops.logs.join;

import java.util.Arrays;

/**
 * Text being put together from several lines, the ranges of the file those lines cover, and the
 * envelope of the first.
 */
public final class PendingText {
  private static final int KEEP = 64 * 1024;

  private byte[] bytes = new byte[0];
  private int size;
  private long[] ranges = new long[8];
  private int rangeCount;
  private boolean active;
  private long time;
  private long touched;

  public boolean isActive() {
    return active;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** Offset of the first byte of the first line. */
  public long start() {
    return ranges[0];
  }

  /** Time from the envelope of the first line. */
  public long time() {
    return time;
  }

  /** When the last line was added, on the caller's clock. */
  public long touched() {
    return touched;
  }

  public int rangeCount() {
    return rangeCount;
  }

  public long rangeFrom(int i) {
    return ranges[2 * i];
  }

  public long rangeTo(int i) {
    return ranges[2 * i + 1];
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
    size += length;
    touched = now;
  }

  /** Adds bytes of the file this text covers, in the order of the file. */
  public void cover(long from, long to) {
    if (rangeCount > 0 && ranges[2 * rangeCount - 1] == from) {
      ranges[2 * rangeCount - 1] = to;
      return;
    }
    if (2 * rangeCount == ranges.length) {
      ranges = Arrays.copyOf(ranges, ranges.length * 2);
    }
    ranges[2 * rangeCount] = from;
    ranges[2 * rangeCount + 1] = to;
    rangeCount++;
  }

  /** Adds everything another text covers. */
  public void cover(PendingText other) {
    for (int i = 0; i < other.rangeCount; i++) {
      cover(other.rangeFrom(i), other.rangeTo(i));
    }
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
