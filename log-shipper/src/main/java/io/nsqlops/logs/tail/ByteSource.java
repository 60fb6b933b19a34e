package io.nsqlops.logs.tail;

import java.io.Closeable;
import java.io.IOException;

/** The content of an open file, by offset. It stays readable after the file lost its name. */
interface ByteSource extends Closeable {
  /**
   * Reads bytes from an offset on.
   *
   * @return how many bytes were read, 0 at the end of what there is
   */
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /** Bytes there are now, or {@link Long#MAX_VALUE} where only reading tells. */
  long size() throws IOException;
}
