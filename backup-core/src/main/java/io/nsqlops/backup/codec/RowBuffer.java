package io.nsqlops.backup.codec;

import java.util.Arrays;

/**
 * A growing byte array that rows are encoded into. The fields are open on purpose: this is the hot
 * path, and encoders write straight into the array.
 */
public final class RowBuffer {
  /** The largest array a JVM gives. */
  private static final int LIMIT = Integer.MAX_VALUE - 16;

  /** Valid up to {@link #length}; replaced when it grows, so do not keep it across appends. */
  public byte[] bytes;

  public int length;

  public RowBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** Makes room for {@code extra} more bytes. */
  public void ensure(int extra) {
    if (bytes.length - length < extra) {
      grow(extra);
    }
  }

  private void grow(int extra) {
    long need = (long) length + extra;
    if (need > LIMIT) {
      throw new OutOfMemoryError("a chunk of " + need + " bytes");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(LIMIT, Math.max(need, bytes.length * 3L / 2)));
  }
}
