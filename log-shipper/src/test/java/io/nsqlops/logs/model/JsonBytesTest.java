package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonBytesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Property
  void anyTextComesBackFromJson(@ForAll String text) {
    // Java strings may hold half surrogates; as UTF-8 those are question marks.
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String expected = new String(bytes, StandardCharsets.UTF_8);

    JsonBytes out = new JsonBytes(4);
    out.raw('"');
    boolean valid = out.text(bytes, 0, bytes.length);
    out.raw('"');

    assertThat(valid).isTrue();
    assertThat(JSON.readValue(out.toString(), String.class)).isEqualTo(expected);
  }

  @Property
  void anyBytesMakeValidJsonAndAreRecoverable(@ForAll @Size(max = 200) byte[] bytes) {
    JsonBytes out = new JsonBytes(4);
    out.raw('"');
    boolean valid = out.text(bytes, 0, bytes.length);
    out.raw('"');

    String text = JSON.readValue(out.toString(), String.class);
    assertThat(valid).isEqualTo(isUtf8(bytes));
    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("\\x")) {
      assertThat(withRawBytes(text)).isEqualTo(bytes);
    }
  }

  @Property
  void anyInsideOfAJsonStringStaysOne(@ForAll @Size(max = 100) byte[] bytes) {
    JsonBytes out = new JsonBytes(4);
    out.raw('"');
    out.jsonText(bytes, 0, bytes.length);
    out.raw('"');

    assertThat(JSON.readTree(out.toString()).isString()).isTrue();
  }

  @Property
  void escapedTextPassesThroughUnchanged(@ForAll String text) {
    String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String literal = JSON.writeValueAsString(clean);
    byte[] inside = literal.substring(1, literal.length() - 1).getBytes(StandardCharsets.UTF_8);

    JsonBytes out = new JsonBytes(4);
    assertThat(out.jsonText(inside, 0, inside.length)).isTrue();

    assertThat(JSON.readValue('"' + out.toString() + '"', String.class)).isEqualTo(clean);
  }

  @Test
  void halfSurrogatesAndUnknownEscapesAreEscapedThemselves() {
    assertThat(jsonText("\\ud800x")).isEqualTo("\\\\ud800x");
    assertThat(jsonText("\\ud83d\\ude00")).isEqualTo("\\ud83d\\ude00");
    assertThat(jsonText("\\q\\")).isEqualTo("\\\\q\\\\");
  }

  @Test
  void numbersAreWrittenInDecimal() {
    JsonBytes out = new JsonBytes(1);
    out.decimal(0);
    out.raw(' ');
    out.decimal(Long.MAX_VALUE);
    out.raw(' ');
    out.decimal(-17);
    out.raw(' ');
    out.padded(42, 5);
    assertThat(out.toString()).isEqualTo("0 9223372036854775807 -17 00042");
  }

  @Property
  void numbersAreThoseOfJava(@ForAll long value, @ForAll int shift) {
    long smaller = value >> (shift & 63);
    JsonBytes out = new JsonBytes(1);
    out.decimal(smaller);
    assertThat(out.toString()).isEqualTo(Long.toString(smaller));
  }

  @Test
  void numbersOfEveryLengthAreThoseOfJava() {
    for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1}) {
        JsonBytes out = new JsonBytes(1);
        out.decimal(value);
        assertThat(out.toString()).isEqualTo(Long.toString(value));
      }
    }
  }

  private static String jsonText(String inside) {
    byte[] bytes = inside.getBytes(StandardCharsets.UTF_8);
    JsonBytes out = new JsonBytes(4);
    out.jsonText(bytes, 0, bytes.length);
    return out.toString();
  }

  private static boolean isUtf8(byte[] bytes) {
    return java.util.Arrays.equals(
        new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
  }

  /** Turns {@code \xNN} back into bytes. */
  private static byte[] withRawBytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var out = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '\\' && i + 3 < utf8.length && utf8[i + 1] == 'x') {
        out.write(Character.digit(utf8[i + 2], 16) << 4 | Character.digit(utf8[i + 3], 16));
        i += 3;
      } else {
        out.write(utf8[i]);
      }
    }
    return out.toByteArray();
  }
}
