package io.nsqlops.logs.sink.elasticsearch;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses request bodies into a buffer of its own, which lives as long as the encoder. */
final class GzipEncoder implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};
  private static final int TRAILER = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private byte[] out = new byte[256 * 1024];
  private int size;

  /** Starts a new body. */
  void begin() {
    deflater.reset();
    crc.reset();
    System.arraycopy(HEADER, 0, out, 0, HEADER.length);
    size = HEADER.length;
  }

  void write(byte[] bytes, int from, int to) {
    crc.update(bytes, from, to - from);
    deflater.setInput(bytes, from, to - from);
    while (!deflater.needsInput()) {
      drain();
    }
  }

  /** Completes the body. */
  void end() {
    int length = deflater.getTotalIn();
    deflater.finish();
    while (!deflater.finished()) {
      drain();
    }
    room(TRAILER);
    littleEndian((int) crc.getValue());
    littleEndian(length);
  }

  private void drain() {
    room(8192);
    size += deflater.deflate(out, size, out.length - size);
  }

  private void littleEndian(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out[size++] = (byte) (value >>> shift);
    }
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
    }
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
