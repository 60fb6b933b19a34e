package io.nsqlops.logs.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DockerLineTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final DockerLine docker = new DockerLine();

  @Test
  void readsTheEnvelope() {
    String line =
        "{\"log\":\"content 2\\n\",\"stream\":\"stderr\",\"time\":\"2016-10-20T18:39:20.57606444Z\"}";
    assertThat(scan(line)).isTrue();
    assertThat(docker.stream()).isEqualTo(ContainerLine.STDERR);
    assertThat(docker.isPartial()).isFalse();
    assertThat(content()).isEqualTo("content 2");
    assertThat(line.substring(docker.timeFrom(), docker.timeEnd()))
        .isEqualTo("2016-10-20T18:39:20.57606444Z");
  }

  @Test
  void contentWithoutALineEndIsAPart() {
    assertThat(scan(line("a part"))).isTrue();
    assertThat(docker.isPartial()).isTrue();
    assertThat(content()).isEqualTo("a part");
    assertThat(scan(line(""))).isTrue();
    assertThat(docker.isPartial()).isTrue();
    assertThat(scan(line("\\n"))).isTrue();
    assertThat(docker.isPartial()).isFalse();
    assertThat(content()).isEmpty();
    assertThat(scan(line("windows\\r\\n"))).isTrue();
    assertThat(content()).isEqualTo("windows");
    assertThat(scan(line("\\r\\n"))).isTrue();
    assertThat(content()).isEmpty();
  }

  /** As Go escapes for HTML's sake, and what the daemon adds with {@code --log-opt labels}. */
  @Test
  void readsEscapesAndAttributes() {
    String line =
        "{\"log\":\"\\u003cnil\\u003e \\\"q\\\" \\\\ \\/ \\t\\b\\f \\u2028 \\u00e9 \\ud83d\\ude00 é\\n\","
            + "\"stream\":\"stdout\",\"attrs\":{\"a\":\"}\\\"\",\"n\":[1,{\"x\":null}]},"
            + " \"time\" : \"2016-10-20T18:39:20Z\" }";
    assertThat(scan(line)).isTrue();
    assertThat(docker.stream()).isEqualTo(ContainerLine.STDOUT);
    assertThat(content()).isEqualTo("<nil> \"q\" \\ / \t\b\f \u2028 é 😀 é");
  }

  @Test
  void halfASurrogatePairStaysAsItIsWritten() {
    assertThat(scan(line("a\\ud83dz\\n"))).isTrue();
    assertThat(content()).isEqualTo("a\\ud83dz");
    assertThat(scan(line("\\ude00\\ud83d\\n"))).isTrue();
    assertThat(content()).isEqualTo("\\ude00\\ud83d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{",
        "[]",
        "{\"log\":\"a\\n\"}",
        "{\"log\":\"a\\n\",\"stream\":\"stdout\"}",
        "{\"log\":\"a\\n\",\"stream\":\"stdin\",\"time\":\"t\"}",
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":1}",
        "{\"log\":1,\"stream\":\"stdout\",\"time\":\"t\"}",
        "{\"log\":\"\\x\",\"stream\":\"stdout\",\"time\":\"t\"}",
        "{\"log\":\"\\u00g0\",\"stream\":\"stdout\",\"time\":\"t\"}",
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"t\"",
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"t\"} x",
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"t\",}",
        "{\"log\" \"a\\n\",\"stream\":\"stdout\",\"time\":\"t\"}",
        "{\"level\":\"INFO\",\"message\":\"of a program that logs JSON\"}",
        "2016-10-06T00:17:09.669794202Z stdout F log content 2"
      })
  void refusesOtherLines(String line) {
    assertThat(scan(line)).isFalse();
  }

  @Property
  void readsWhatAnyEncoderWrites(@ForAll @StringLength(max = 50) String text) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String line =
        JSON.writeValueAsString(
            Map.of("log", valid + "|\n", "time", "2016-10-20T18:39:20Z", "stream", "stdout"));
    assertThat(scan(line)).isTrue();
    assertThat(content()).isEqualTo(valid + "|");
  }

  /** What is taken for an envelope is one, and reads as JSON does. */
  @Property
  void agreesWithAParser(
      @ForAll @StringLength(max = 20) String text,
      @ForAll @IntRange(max = 80) int at,
      @ForAll @IntRange(max = 127) int changed) {
    byte[] bytes =
        line(text.replaceAll("[^ -~]", "").replace("\"", "\\\"") + "\\n")
            .getBytes(StandardCharsets.US_ASCII);
    bytes[Math.min(at, bytes.length - 1)] = (byte) changed;
    if (!docker.scan(bytes, 0, bytes.length)) {
      return;
    }
    JsonNode parsed;
    try {
      parsed = JSON.readTree(bytes);
    } catch (JacksonException e) {
      // Control characters are taken as they are, and escapes only looked at in the content.
      assertThat(String.valueOf(e.getMessage())).containsAnyOf("CTRL-CHAR", "escape");
      return;
    }
    String log = parsed.path("log").asString();
    assertThat(content() + (docker.isPartial() ? "" : "\n")).isEqualTo(log.replace("\r\n", "\n"));
  }

  @Property
  void neverThrows(@ForAll @Size(max = 80) byte[] bytes, @ForAll boolean braced) {
    if (braced && bytes.length > 0) {
      bytes[0] = '{';
    }
    docker.scan(bytes, 0, bytes.length);
  }

  private static String line(String log) {
    return "{\"log\":\"" + log + "\",\"stream\":\"stdout\",\"time\":\"2016-10-20T18:39:20.5Z\"}";
  }

  private boolean scan(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return docker.scan(bytes, 0, bytes.length);
  }

  private String content() {
    return new String(
        docker.text(),
        docker.contentFrom(),
        docker.contentEnd() - docker.contentFrom(),
        StandardCharsets.UTF_8);
  }
}
