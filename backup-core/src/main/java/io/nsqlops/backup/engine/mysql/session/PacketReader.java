package io.nsqlops.backup.engine.mysql.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a server's byte stream into packets. The payload of the packet just read stands in {@link
 * #bytes} from {@link #start} to {@link #end} until the next call; most packets are never copied.
 */
final class PacketReader {
  private static final int HEADER = 4;
  private static final int MAX_PAYLOAD = 0xffffff;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 17];
  private int position;
  private int limit;

  byte[] bytes = buffer;
  int start;
  int end;

  PacketReader(InputStream in) {
    this.in = in;
  }

  /** Reads the next packet; a row of 16 MiB or more spans several and is joined. */
  void next() throws IOException {
    int length = header();
    fill(length);
    if (length < MAX_PAYLOAD) {
      bytes = buffer;
      start = position;
      end = position + length;
      position = end;
      return;
    }
    join(length);
  }

  private void join(int first) throws IOException {
    byte[] whole = Arrays.copyOfRange(buffer, position, position + first);
    position += first;
    int length;
    do {
      length = header();
      fill(length);
      int at = whole.length;
      whole = Arrays.copyOf(whole, at + length);
      System.arraycopy(buffer, position, whole, at, length);
      position += length;
    } while (length == MAX_PAYLOAD);
    bytes = whole;
    start = 0;
    end = whole.length;
  }

  private int header() throws IOException {
    fill(HEADER);
    int length =
        (buffer[position] & 0xff)
            | (buffer[position + 1] & 0xff) << 8
            | (buffer[position + 2] & 0xff) << 16;
    position += HEADER;
    return length;
  }

  /** Makes {@code count} bytes available at {@code position}. */
  private void fill(int count) throws IOException {
    if (limit - position >= count) {
      return;
    }
    if (buffer.length - position < count) {
      int have = limit - position;
      byte[] target = count <= buffer.length ? buffer : new byte[roomFor(count)];
      System.arraycopy(buffer, position, target, 0, have);
      buffer = target;
      position = 0;
      limit = have;
    }
    while (limit - position < count) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      limit += read;
    }
  }

  private static int roomFor(int count) {
    return Math.max(count + HEADER, Math.min(MAX_PAYLOAD + HEADER, count * 2));
  }

  /** First byte of the payload, -1 if it is empty. */
  int kind() {
    return start == end ? -1 : bytes[start] & 0xff;
  }

  int length() {
    return end - start;
  }

  /** Takes an integer of {@code size} bytes from the front of the payload. */
  long takeInt(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[start++] & 0xffL) << (8 * i);
    }
    return value;
  }

  /** Takes a length-encoded integer from the front of the payload. */
  long takeLength() {
    int first = bytes[start++] & 0xff;
    return switch (first) {
      case 0xfc -> takeInt(2);
      case 0xfd -> takeInt(3);
      case 0xfe -> takeInt(8);
      default -> first;
    };
  }

  void skipString() {
    int length = (int) takeLength();
    start += length;
  }

  /** What is left of the payload, as text. */
  String rest() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
