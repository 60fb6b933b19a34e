package io.nsqlops.backup.dump.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a stream that is being looked at: grows at its end, and is cut off at its start. */
final class Window {
  private final InputStream in;
  private byte[] bytes = new byte[1 << 16];
  private int start;
  private int end;
  private boolean ended;

  Window(InputStream in) {
    this.in = in;
  }

  /** The byte at an offset from the start, 0 to 255; −1 behind the end of the stream. */
  int at(int offset) throws IOException {
    while (start + offset >= end) {
      if (ended || !more()) {
        return -1;
      }
    }
    return bytes[start + offset] & 0xff;
  }

  /** Whether the stream goes on like this. */
  boolean isAt(int offset, byte[] text) throws IOException {
    for (int i = 0; i < text.length; i++) {
      if (at(offset + i) != (text[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private boolean more() throws IOException {
    if (end == bytes.length) {
      if (start >= bytes.length / 2) {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
      } else {
        long larger = Math.min(Integer.MAX_VALUE - 16L, bytes.length * 2L);
        if (larger == bytes.length) {
          throw new IOException("a statement is larger than 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) larger);
      }
    }
    int read = in.read(bytes, end, bytes.length - end);
    ended = read < 0;
    end += Math.max(0, read);
    return !ended;
  }

  /** Takes bytes off the start. */
  byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + length);
    start += length;
    return taken;
  }
}
