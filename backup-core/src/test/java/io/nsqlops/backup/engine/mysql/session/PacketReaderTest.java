package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PacketReaderTest {
  private static final int MAX_PAYLOAD = 0xffffff;

  @Property(tries = 200)
  void packetsComeWholeHoweverTheStreamIsCut(
      @ForAll @Size(max = 20) List<@IntRange(max = 300_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 200_000) int longestRead,
      @ForAll long seed)
      throws IOException {
    List<byte[]> payloads = sizes.stream().map(s -> payload(s, seed + s)).toList();
    PacketReader reader = new PacketReader(cutUp(packets(payloads), longestRead, seed));
    for (byte[] payload : payloads) {
      reader.next();
      assertThat(Arrays.copyOfRange(reader.bytes, reader.start, reader.end)).isEqualTo(payload);
      assertThat(reader.length()).isEqualTo(payload.length);
      assertThat(reader.kind()).isEqualTo(payload.length == 0 ? -1 : payload[0] & 0xff);
    }
    assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
  }

  @Example
  void rowsOfSixteenMebibytesAndMoreAreJoined() throws IOException {
    byte[] small = payload(10, 1);
    for (int size : new int[] {MAX_PAYLOAD - 1, MAX_PAYLOAD, MAX_PAYLOAD + 1, 2 * MAX_PAYLOAD}) {
      byte[] large = payload(size, size);
      byte[] stream = packets(List.of(small, large, small));
      PacketReader reader = new PacketReader(cutUp(stream, 1_000_000, size));
      for (byte[] payload : List.of(small, large, small)) {
        reader.next();
        assertThat(Arrays.equals(bytes(reader), payload)).as("%d bytes", size).isTrue();
      }
    }
  }

  @Example
  void aStreamThatEndsWithinAPacketIsNoPacket() {
    byte[] stream = packets(List.of(payload(1000, 1)));
    for (int length : new int[] {0, 1, 3, 4, 500, 1003}) {
      PacketReader reader =
          new PacketReader(new ByteArrayInputStream(Arrays.copyOf(stream, length)));
      assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }
  }

  @Example
  void numbersAndStringsAreTakenFromTheFront() throws IOException {
    byte[] payload = {
      1,
      2,
      3,
      (byte) 0xfa,
      (byte) 0xfc,
      1,
      2,
      (byte) 0xfd,
      1,
      2,
      3, //
      (byte) 0xfe,
      1,
      2,
      3,
      4,
      0,
      0,
      0,
      0,
      3,
      'a',
      'b',
      'c',
      'r',
      (byte) 0xc3,
      (byte) 0xa9
    };
    PacketReader reader = new PacketReader(new ByteArrayInputStream(packets(List.of(payload))));
    reader.next();
    assertThat(reader.takeInt(3)).isEqualTo(0x030201);
    assertThat(reader.takeLength()).isEqualTo(0xfa);
    assertThat(reader.takeLength()).isEqualTo(0x0201);
    assertThat(reader.takeLength()).isEqualTo(0x030201);
    assertThat(reader.takeLength()).isEqualTo(0x04030201);
    reader.skipString();
    assertThat(reader.rest()).isEqualTo("ré");
  }

  private static byte[] bytes(PacketReader reader) {
    return Arrays.copyOfRange(reader.bytes, reader.start, reader.end);
  }

  private static byte[] payload(int size, long seed) {
    byte[] payload = new byte[size];
    new Random(seed).nextBytes(payload);
    return payload;
  }

  /** The payloads as a server sends them: one of 16 MiB - 1 or more goes on in the next packet. */
  private static byte[] packets(List<byte[]> payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      int at = 0;
      int part;
      int sequence = 0;
      do {
        part = Math.min(MAX_PAYLOAD, payload.length - at);
        out.write(part);
        out.write(part >> 8);
        out.write(part >> 16);
        out.write(sequence++);
        out.write(payload, at, part);
        at += part;
      } while (part == MAX_PAYLOAD);
    }
    return out.toByteArray();
  }

  /** A stream that gives as little or as much at a time as a socket may. */
  private static InputStream cutUp(byte[] bytes, int longestRead, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(longestRead)));
      }
    };
  }
}
