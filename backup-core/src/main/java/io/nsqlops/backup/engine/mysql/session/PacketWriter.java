package io.nsqlops.backup.engine.mysql.session;

import java.io.IOException;
import java.io.OutputStream;

/** Writes packets, each with its header in one piece, from a buffer that is used again. */
final class PacketWriter {
  private static final int HEADER = 4;
  private static final int MAX_PAYLOAD = 0xffffff;

  /** Larger buffers are not kept. */
  private static final int KEPT = 4 << 20;

  private final OutputStream out;
  private byte[] buffer = new byte[1 << 14];

  PacketWriter(OutputStream out) {
    this.out = out;
  }

  /** Begins a new exchange; what is longer than a packet spans several. */
  void command(int command, byte[] head, byte[] payload, int length) throws IOException {
    int first = Math.min(length, MAX_PAYLOAD - 1 - head.length);
    int size = 1 + head.length + first;
    byte[] packet = packet(0, size);
    packet[HEADER] = (byte) command;
    System.arraycopy(head, 0, packet, HEADER + 1, head.length);
    System.arraycopy(payload, 0, packet, HEADER + 1 + head.length, first);
    out.write(packet, 0, HEADER + size);
    int sequence = 1;
    int at = first;
    while (size == MAX_PAYLOAD) {
      size = Math.min(length - at, MAX_PAYLOAD);
      part(sequence++, payload, at, size);
      at += size;
    }
    out.flush();
  }

  /** One packet more in the same exchange. */
  void part(int sequence, byte[] from, int offset, int length) throws IOException {
    byte[] packet = packet(sequence, length);
    System.arraycopy(from, offset, packet, HEADER, length);
    out.write(packet, 0, HEADER + length);
    out.flush();
  }

  private byte[] packet(int sequence, int length) {
    int size = HEADER + length;
    byte[] packet =
        size <= buffer.length
            ? buffer
            : new byte[Math.max(size, Math.min(2 * buffer.length, KEPT))];
    if (packet.length <= KEPT) {
      buffer = packet;
    }
    packet[0] = (byte) length;
    packet[1] = (byte) (length >> 8);
    packet[2] = (byte) (length >> 16);
    packet[3] = (byte) sequence;
    return packet;
  }
}
