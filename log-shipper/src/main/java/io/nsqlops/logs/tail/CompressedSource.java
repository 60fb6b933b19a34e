package io.nsqlops.logs.tail;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The decompressed content of a compressed file. It can only be read forwards, so the bytes of the
 * last read are kept: that is as far back as a reader of lines goes.
 */
final class CompressedSource implements ByteSource {
  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private final Compression compression;
  private InputStream in;
  private long position;
  private byte[] window = new byte[0];
  private int windowLength;

  CompressedSource(Path path, Compression compression) throws IOException {
    this.path = path;
    this.compression = compression;
    this.in = open();
  }

  private InputStream open() throws IOException {
    InputStream file = Files.newInputStream(path);
    try {
      return compression == Compression.ZSTD
          ? new ZstdInputStreamNoFinalizer(file)
          : new GZIPInputStream(file, BUFFER);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int read(long from, byte[] into, int offset, int length) throws IOException {
    seek(from);
    int fromWindow = (int) Math.min(length, position - from);
    System.arraycopy(window, (int) (from - windowStart()), into, offset, fromWindow);
    if (fromWindow == length) {
      return length;
    }
    int n = in.readNBytes(into, offset + fromWindow, length - fromWindow);
    position += n;
    keep(into, offset, fromWindow + n);
    return fromWindow + n;
  }

  /** Makes sure that {@code windowStart() <= from <= position}. */
  private void seek(long from) throws IOException {
    if (from < windowStart()) {
      in.close();
      in = open();
      position = 0;
      windowLength = 0;
    }
    if (from > position) {
      in.skipNBytes(from - position);
      position = from;
      windowLength = 0;
    }
  }

  private long windowStart() {
    return position - windowLength;
  }

  private void keep(byte[] bytes, int offset, int length) {
    if (window.length < length) {
      window = new byte[length];
    }
    System.arraycopy(bytes, offset, window, 0, length);
    windowLength = length;
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
