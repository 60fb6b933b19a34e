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
        .isEqualTo("user <redacted> <redacted> ok <redacted>");
    assertThat(result.places()).isEqualTo(3);
  }

  @Test
  void whatDoesNotMatchKeepsItsBytes() {
    byte[] text = {(byte) 0xff, 'a', (byte) 0xc3};
    assertThat(redaction.apply(text, 0, 3).text()).isEqualTo(text);
    assertThat(redaction.apply(text, 0, 3).places()).isZero();
    assertThat(Redaction.none().isNone()).isTrue();
  }

  @Test
  void longTextsInQuotesAreNoMatterOfTheStack() {
    Redaction strings = Redaction.of(List.of(Redaction.SQL_STRINGS));
    String text = "values ('it''s', 'a\\'b', '" + "x".repeat(500_000) + "', 'y') and can't ";
    byte[] bytes = (text + "z".repeat(500_000)).getBytes(StandardCharsets.UTF_8);
    Redaction.Result result = strings.apply(bytes, 0, bytes.length);
    assertThat(new String(result.text(), StandardCharsets.UTF_8))
        .startsWith("values (<redacted>, <redacted>, <redacted>, <redacted>) and can't zzz");
    assertThat(result.places()).isEqualTo(4);
  }

  /** As tidb_query_log_max_len cuts it. */
  @Test
  void aTextThatIsCutOffAmidAStatementIsReplaced() {
    Redaction strings = Redaction.of(List.of(Redaction.SQL_STRINGS));
    byte[] bytes =
        "insert into t values ('one', f('(a)'), 'secret (tw(len:5000);"
            .getBytes(StandardCharsets.UTF_8);
    Redaction.Result result = strings.apply(bytes, 0, bytes.length);
    assertThat(new String(result.text(), StandardCharsets.UTF_8))
        .isEqualTo("insert into t values (<redacted>, f(<redacted>), <redacted>(len:5000);");
  }

  @Test
  void whatIsTooMuchForAPatternIsNotShown() {
    Redaction deep = Redaction.of(List.of(Pattern.compile("\"(\\\\.|[^\"])*\"")));
    byte[] bytes = ("a \"secret" + "x".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8);
    Redaction.Result result = deep.apply(bytes, 0, bytes.length);
    assertThat(new String(result.text(), StandardCharsets.UTF_8)).isEqualTo("<redacted>");
    assertThat(result.places()).isEqualTo(1);
  }

  private Redaction.Result apply(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return redaction.apply(bytes, 3, bytes.length);
  }
}
