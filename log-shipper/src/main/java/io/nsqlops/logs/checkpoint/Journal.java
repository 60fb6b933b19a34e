package io.nsqlops.logs.checkpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint file: frames of mark, length, CRC-32C and payload.
 *
 * <p>Where bytes are no valid frame, reading goes on at the next mark: a torn or damaged frame
 * costs only itself.
 */
final class Journal {
  private static final int MARK = 0x6e73_716c;
  private static final int HEADER = 12;
  private static final int MAX_PAYLOAD = 16 * 1024 * 1024;

  private Journal() {}

  /** What was read: payloads in order, and how many bytes belong to no valid frame. */
  record Content(List<byte[]> payloads, int skipped) {}

  static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .putInt(MARK)
        .putInt(payload.length)
        .putInt(crc(payload, 0, payload.length))
        .put(payload)
        .array();
  }

  static Content read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<byte[]> payloads = new ArrayList<>();
    int skipped = 0;
    int at = 0;
    while (at < bytes.length) {
      int length = frameAt(bytes, buffer, at);
      if (length < 0) {
        at++;
        skipped++;
      } else {
        byte[] payload = new byte[length];
        buffer.get(at + HEADER, payload);
        payloads.add(payload);
        at += HEADER + length;
      }
    }
    return new Content(payloads, skipped);
  }

  /** Length of the payload of a valid frame at this position, or -1. */
  private static int frameAt(byte[] bytes, ByteBuffer buffer, int at) {
    if (at + HEADER > bytes.length || buffer.getInt(at) != MARK) {
      return -1;
    }
    int length = buffer.getInt(at + 4);
    boolean fits = length >= 0 && length <= MAX_PAYLOAD && at + HEADER + length <= bytes.length;
    return fits && crc(bytes, at + HEADER, length) == buffer.getInt(at + 8) ? length : -1;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
