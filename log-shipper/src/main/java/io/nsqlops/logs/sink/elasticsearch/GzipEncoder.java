package io.nsqlops.logs.sink.elasticsearch;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses request bodies into a buffer of its own, which lives as long as the encoder. */
final class GzipEncoder implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};
  private static final int TRAILER = 8;

  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private byte[] deflated = new byte[256 * 1024];
  private byte[] out = new byte[256 * 1024];
  private int size;

  /**
   * @param deflater as {@link QuickDeflate} makes them; closed with the encoder
   */
  GzipEncoder(Deflater deflater) {
    this.deflater = deflater;
  }

  /** Compresses the first {@code length} bytes, of which there is at least one. */
  void encode(byte[] bytes, int length) {
    crc.reset();
    crc.update(bytes, 0, length);
    int compressed = deflate(bytes, length);
    if (out.length < HEADER.length + compressed + TRAILER) {
      out = new byte[deflated.length + HEADER.length + TRAILER];
    }
    System.arraycopy(HEADER, 0, out, 0, HEADER.length);
    System.arraycopy(deflated, 0, out, HEADER.length, compressed);
    size = HEADER.length + compressed;
    littleEndian((int) crc.getValue());
    littleEndian(length);
  }

  /** It is done again with more room where there was too little: bodies are much alike. */
  private int deflate(byte[] bytes, int length) {
    while (true) {
      deflater.reset();
      deflater.setInput(bytes, 0, length);
      deflater.finish();
      try {
        int compressed = deflater.deflate(deflated, 0, deflated.length);
        if (deflater.finished()) {
          return compressed;
        }
      } catch (RuntimeException e) {
        // That is how the native one says that there is too little room.
        if (deflated.length > 2L * length + 1024) {
          throw e;
        }
      }
      deflated = new byte[deflated.length * 2];
    }
  }

  private void littleEndian(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out[size++] = (byte) (value >>> shift);
    }
  }

  /** The next body gets another buffer than the one before. */
  void leaveBuffer() {
    out = new byte[256 * 1024];
  }

  byte[] bytes() {
    return out;
  }

  int size() {
    return size;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
