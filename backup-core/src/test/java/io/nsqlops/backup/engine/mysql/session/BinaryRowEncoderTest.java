package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.model.RawText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets made by hand, byte by byte as the protocol's description says. */
class BinaryRowEncoderTest {
  private static final int BLOB = 252;

  @ParameterizedTest
  @CsvSource({
    "1, false, 80, -128",
    "1, true, 80, 128",
    "1, true, ff, 255",
    "2, false, 0080, -32768",
    "2, true, ffff, 65535",
    "9, false, 000080ff, -8388608",
    "9, true, ffffff00, 16777215",
    "3, false, 00000080, -2147483648",
    "3, true, ffffffff, 4294967295",
    "8, false, 0000000000000080, -9223372036854775808",
    "8, true, ffffffffffffffff, 18446744073709551615",
    "8, true, 0000000000000080, 9223372036854775808",
    "13, true, 0000, 0000",
    "13, true, 6b08, 2155",
    "4, false, cdcccc3d, 0.1",
    "4, false, ffff7f4b, 1.6777215E7",
    "4, false, 00000080, -0",
    "5, false, 9a9999999999b93f, 0.1",
    "5, false, 0000000000000080, -0",
    "246, false, 052d312e3530, -1.50"
  })
  void numbers(int type, boolean unsigned, String value, String expected) {
    assertThat(encode(new ColumnType(type, unsigned, 0), value)).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 00, 0000-00-00",
    "10, 0, 04e4070200, 2020-02-00",
    "10, 0, 04e407021f, 2020-02-31",
    "12, 0, 00, 0000-00-00 00:00:00",
    "12, 3, 00, 0000-00-00 00:00:00.000",
    "12, 0, 04e407021f, 2020-02-31 00:00:00",
    "12, 0, 070f270c1f173b3b, 9999-12-31 23:59:59",
    "12, 6, 0b0f270c1f173b3b3f420f00, 9999-12-31 23:59:59.999999",
    "7, 3, 0be8070601 0c0000 583e0f00, 2024-06-01 12:00:00.999",
    "7, 1, 0be8070601 0c0000 a0860100, 2024-06-01 12:00:00.1",
    "12, 6, 07e80706010c0000, 2024-06-01 12:00:00.000000",
    "11, 0, 00, 00:00:00",
    "11, 6, 00, 00:00:00.000000",
    "11, 0, 0801220000 00 163b3b, -838:59:59",
    "11, 0, 080000000000 050001, 05:00:01",
    "11, 6, 0c01000000000000 00 01000000, -00:00:00.000001",
    "11, 1, 0c0004000000 050001 20a10700, 101:00:01.5"
  })
  void times(int type, int decimals, String value, String expected) {
    assertThat(encode(new ColumnType(type, false, decimals), value)).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 250, 251, 252, 65_535, 65_536, 70_000})
  void bytesOfAnyLength(int length) {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[2]);
    writeLength(payload, length);
    payload.writeBytes(value);

    byte[] row = encode(new ColumnType[] {new ColumnType(BLOB, false, 0)}, 1, payload, new int[1]);
    assertThat(row[row.length - 1]).isEqualTo((byte) '\n');
    byte[] text = Arrays.copyOf(row, row.length - 1);
    assertThat(io.nsqlops.backup.codec.CanonicalFields.split(text)).containsExactly(value);
  }

  /** The bitmap begins at its third bit: every combination of NULLs over its first byte edges. */
  @Test
  void everyNullBitmap() {
    int columns = 9;
    for (int nulls = 0; nulls < 1 << columns; nulls++) {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      payload.write(0);
      int bitmap = nulls << 2;
      payload.write(bitmap);
      payload.write(bitmap >> 8);
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        boolean isNull = (nulls & 1 << i) != 0;
        if (!isNull) {
          payload.write(i);
        }
        expected.append(isNull ? "\\N" : String.valueOf(i)).append(i + 1 < columns ? '\t' : '\n');
      }
      ColumnType[] types = new ColumnType[columns];
      Arrays.fill(types, new ColumnType(ColumnType.TINY, false, 0));
      assertThat(encode(types, 0, payload, new int[1])).asString().isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theKeyEndsBehindItsColumns(int keyColumns) {
    ColumnType[] types =
        IntStream.range(0, 3)
            .mapToObj(i -> new ColumnType(ColumnType.TINY, false, 0))
            .toArray(ColumnType[]::new);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[] {0, 0, 10, 20, 30});
    int[] keyEnd = new int[1];
    encode(types, keyColumns, payload, keyEnd);
    assertThat(keyEnd[0]).isEqualTo(new int[] {0, 2, 5, 8}[keyColumns]);
  }

  @Test
  void rowsFollowEachOtherInTheBuffer() throws IOException {
    BinaryRowEncoder encoder =
        new BinaryRowEncoder(new ColumnType[] {new ColumnType(ColumnType.TINY, false, 0)}, 1);
    PacketReader packets =
        new PacketReader(
            new ByteArrayInputStream(HexFormat.of().parseHex("03000000000001" + "0300000100000a")));
    RowBuffer buffer = new RowBuffer(1);
    packets.next();
    assertThat(encoder.encode(packets, buffer)).isEqualTo(1);
    packets.next();
    assertThat(encoder.encode(packets, buffer)).isEqualTo(4);
    assertThat(RawText.copyOf(buffer.bytes, 0, buffer.length)).hasToString("1\n10\n");
  }

  @Test
  void columnDefinitions() throws IOException {
    ByteArrayOutputStream definition = new ByteArrayOutputStream();
    for (String text : new String[] {"def", "db", "t", "t", "alias", "x".repeat(300)}) {
      writeLength(definition, text.length());
      definition.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
    ByteBuffer rest = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    rest.put((byte) 12).putShort((short) 63).putInt(26).put((byte) 12);
    rest.putShort((short) (32 | 128)).put((byte) 6);
    definition.writeBytes(rest.array());
    assertThat(ColumnType.parse(packet(definition)))
        .isEqualTo(new ColumnType(ColumnType.DATETIME, true, 6));
  }

  @Test
  void thirtyOneDecimalsMeanNone() throws IOException {
    ByteArrayOutputStream definition = new ByteArrayOutputStream();
    definition.writeBytes(new byte[6]);
    definition.writeBytes(new byte[] {12, 63, 0, 10, 0, 0, 0, 5, 0, 0, 31, 0, 0});
    assertThat(ColumnType.parse(packet(definition)))
        .isEqualTo(new ColumnType(ColumnType.DOUBLE, false, 0));
  }

  private static String encode(ColumnType type, String hex) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[2]);
    payload.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    return new String(
        encode(new ColumnType[] {type}, 1, payload, new int[1]), StandardCharsets.UTF_8);
  }

  private static byte[] encode(
      ColumnType[] types, int keyColumns, ByteArrayOutputStream payload, int[] keyEnd) {
    try {
      RowBuffer buffer = new RowBuffer(1);
      keyEnd[0] = new BinaryRowEncoder(types, keyColumns).encode(packet(payload), buffer);
      return Arrays.copyOf(buffer.bytes, buffer.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PacketReader packet(ByteArrayOutputStream payload) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(payload.size());
    packet.write(payload.size() >> 8);
    packet.write(payload.size() >> 16);
    packet.write(0);
    packet.writeBytes(payload.toByteArray());
    PacketReader reader = new PacketReader(new ByteArrayInputStream(packet.toByteArray()));
    reader.next();
    return reader;
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 251) {
      out.write(length);
    } else if (length < 1 << 16) {
      out.writeBytes(new byte[] {(byte) 0xfc, (byte) length, (byte) (length >> 8)});
    } else {
      out.writeBytes(
          new byte[] {(byte) 0xfd, (byte) length, (byte) (length >> 8), (byte) (length >> 16)});
    }
  }
}
