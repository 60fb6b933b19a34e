package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketWriterTest {
  /** What is longer than a packet spans several, of which the last is shorter, if need be empty. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1 << 14, 0xfffff9, 0xfffffa, 0xfffffb, 0x1000000, 2 * 0xffffff - 4})
  void whatIsReadIsWhatWasWritten(int length) throws IOException {
    byte[] payload = new byte[length + 3];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i * 31 + (i >> 8));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PacketWriter out = new PacketWriter(bytes);

    out.command(7, new byte[] {1, 2, 3}, payload, length);
    out.command(8, new byte[0], payload, 1 + length / 2);

    PacketReader in = new PacketReader(new ByteArrayInputStream(bytes.toByteArray()));
    in.next();
    assertThat(Arrays.copyOfRange(in.bytes, in.start, in.start + 4)).containsExactly(7, 1, 2, 3);
    assertThat(Arrays.equals(in.bytes, in.start + 4, in.end, payload, 0, length)).isTrue();
    in.next();
    assertThat(in.bytes[in.start]).isEqualTo((byte) 8);
    assertThat(in.end - in.start).isEqualTo(2 + length / 2);
  }
}
