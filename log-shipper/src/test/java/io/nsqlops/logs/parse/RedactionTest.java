package io.nsqlops.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final Redaction redaction =
      Redaction.of(List.of(Pattern.compile("‹[^›]*›"), Pattern.compile("password=\\S+")));

  @Test
  void replacesEveryMatchAndCounts() {
    Redaction.Result result = apply("xx user ‹ann› password=$1 ok ‹bob›");
    assertThat(new String(result.text(), StandardCharsets.UTF_8))
        .isEqualTo("user [redacted] [redacted] ok [redacted]");
    assertThat(result.places()).isEqualTo(3);
  }

  @Test
  void whatDoesNotMatchKeepsItsBytes() {
    byte[] text = {(byte) 0xff, 'a', (byte) 0xc3};
    assertThat(redaction.apply(text, 0, 3).text()).isEqualTo(text);
    assertThat(redaction.apply(text, 0, 3).places()).isZero();
    assertThat(Redaction.none().isNone()).isTrue();
  }

  private Redaction.Result apply(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return redaction.apply(bytes, 3, bytes.length);
  }
}
