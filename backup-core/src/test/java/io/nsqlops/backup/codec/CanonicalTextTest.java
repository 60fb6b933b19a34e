package io.nsqlops.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.RawText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {

  @Property
  void stringsComeBackByteForByte(@ForAll byte[] bytes) {
    byte[] text = encoded(b -> CanonicalText.string(b, bytes, 0, bytes.length));

    assertThat(CanonicalFields.split(text)).containsExactly(bytes);
    assertThat(text).doesNotContain('\t', '\n', 0);
  }

  @Property
  void partsOfAnArrayAreTakenAsTheyAre(@ForAll byte[] before, @ForAll byte[] bytes) {
    byte[] around = new byte[before.length + bytes.length + 9];
    System.arraycopy(bytes, 0, around, before.length, bytes.length);

    assertThat(encoded(b -> CanonicalText.string(b, around, before.length, bytes.length)))
        .isEqualTo(encoded(b -> CanonicalText.string(b, bytes, 0, bytes.length)));
  }

  @Property(tries = 100)
  void rowsOfStringsComeBackFieldByField(@ForAll List<byte[]> values) {
    byte[] row =
        encoded(
            b -> {
              for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                  CanonicalText.plain(b, new byte[] {'\t'}, 0, 1);
                }
                CanonicalText.string(b, values.get(i), 0, values.get(i).length);
              }
            });
    List<byte[]> expected = values.isEmpty() ? List.of(new byte[0]) : values;
    assertThat(CanonicalFields.split(row)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain ASCII, with no byte that is escaped...", "немного текста не в ASCII"})
  void everyByteAtEveryPlaceOfSeveralWords(String around) {
    byte[] plain = around.getBytes(StandardCharsets.UTF_8);
    for (int value = 0; value < 256; value++) {
      for (int place = 0; place < plain.length; place++) {
        byte[] bytes = plain.clone();
        bytes[place] = (byte) value;
        byte[] text = encoded(b -> CanonicalText.string(b, bytes, 0, bytes.length));
        boolean escaped = value == 0 || value == '\t' || value == '\n' || value == '\\';
        assertThat(text).hasSize(escaped ? plain.length + 1 : plain.length);
        assertThat(CanonicalFields.split(text)).containsExactly(bytes);
      }
    }
  }

  @Property
  void paddedNumbers(@ForAll @IntRange(min = 0) int value) {
    assertThat(text(b -> CanonicalText.padded(b, value, 10)))
        .isEqualTo(String.format(Locale.ROOT, "%010d", value));
    assertThat(text(b -> CanonicalText.padded(b, value, 11)))
        .isEqualTo(String.format(Locale.ROOT, "%011d", value));
  }

  @Test
  void escapesAreThoseOfTheSpecification() {
    byte[] bytes = {'a', '\\', '\t', '\n', 0, '\r', '\'', '"'};
    assertThat(text(b -> CanonicalText.string(b, bytes, 0, bytes.length)))
        .isEqualTo("a\\\\\\t\\n\\0\r'\"");
    assertThat(text(CanonicalText::nul)).isEqualTo("\\N");
  }

  @Property
  void signedIntegers(@ForAll long value) {
    assertThat(text(b -> CanonicalText.integer(b, value))).isEqualTo(Long.toString(value));
  }

  @Property
  void unsignedIntegers(@ForAll long value) {
    assertThat(text(b -> CanonicalText.unsigned(b, value))).isEqualTo(Long.toUnsignedString(value));
  }

  @Example
  void integersAroundEveryPowerOfTenAndTwo() {
    for (int base : new int[] {2, 10}) {
      for (BigInteger power = BigInteger.ONE;
          power.bitLength() <= 64;
          power = power.multiply(BigInteger.valueOf(base))) {
        for (int step = -1; step <= 1; step++) {
          long value = power.longValue() + step;
          assertThat(text(b -> CanonicalText.integer(b, value))).isEqualTo(Long.toString(value));
          assertThat(text(b -> CanonicalText.unsigned(b, value)))
              .isEqualTo(Long.toUnsignedString(value));
        }
      }
    }
  }

  @Test
  void paddedNumbers() {
    assertThat(text(b -> CanonicalText.padded(b, 7, 2))).isEqualTo("07");
    assertThat(text(b -> CanonicalText.padded(b, 0, 4))).isEqualTo("0000");
    assertThat(text(b -> CanonicalText.padded(b, 999_999, 6))).isEqualTo("999999");
    assertThat(text(b -> CanonicalText.padded(b, 123, 3))).isEqualTo("123");
    assertThat(text(b -> CanonicalText.padded(b, 4, 1))).isEqualTo("4");
  }

  @Test
  void datesAndTimesArePadded() {
    assertThat(text(b -> CanonicalText.date(b, 2026, 11, 9))).isEqualTo("2026-11-09");
    assertThat(text(b -> CanonicalText.date(b, 0, 0, 0))).isEqualTo("0000-00-00");
    assertThat(text(b -> CanonicalText.date(b, 9999, 12, 31))).isEqualTo("9999-12-31");
    assertThat(text(b -> CanonicalText.minutesAndSeconds(b, 5, 59))).isEqualTo(":05:59");
  }

  @Property
  void doublesReadBackToTheSameBits(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      double read = Double.parseDouble(text(b -> CanonicalText.float64(b, value)));
      assertThat(Double.doubleToRawLongBits(read)).isEqualTo(bits);
    }
  }

  @Property(tries = 5000)
  void floatsReadBackToTheSameBitsOneWayOrTheOther(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.isFinite(value)) {
      requireExact(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        0.1f,
        16777215f,
        16777216f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        1.17549e-38f,
        1e10f,
        1e-10f,
        3.4028233e38f
      })
  void floatsAtTheEdges(float value) {
    requireExact(value);
  }

  /** As a float at once, and as a double first that is then rounded and must not be too large. */
  private static void requireExact(float value) {
    String text = text(b -> CanonicalText.float32(b, value));
    assertThat(Float.floatToRawIntBits(Float.parseFloat(text)))
        .as(text)
        .isEqualTo(Float.floatToRawIntBits(value));
    double first = Double.parseDouble(text);
    assertThat(Math.abs(first)).isLessThanOrEqualTo(Float.MAX_VALUE);
    assertThat(Float.floatToRawIntBits((float) first))
        .as(text)
        .isEqualTo(Float.floatToRawIntBits(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, -0",
    "1.0, 1",
    "1.05, 1.05",
    "100.0, 100",
    "1.0E10, 1E10",
    "-1.0E-5, -1E-5",
    "0.1, 0.1",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "4.9E-324, 4.9E-324"
  })
  void doublesAreShort(double value, String expected) {
    assertThat(text(b -> CanonicalText.float64(b, value))).isEqualTo(expected);
  }

  private static String text(Consumer<RowBuffer> append) {
    return RawText.of(encoded(append)).toString();
  }

  /** Begins with the smallest buffer, so that every method has to make room. */
  private static byte[] encoded(Consumer<RowBuffer> append) {
    RowBuffer buffer = new RowBuffer(1);
    append.accept(buffer);
    return RawText.copyOf(buffer.bytes, 0, buffer.length).bytes();
  }
}
