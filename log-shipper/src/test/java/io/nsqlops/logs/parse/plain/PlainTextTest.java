package io.nsqlops.logs.parse.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @Test
  void theTextIsTheMessage() {
    Parsed line = Parsed.by(new PlainText(MultilineRule.none(), null), "any \"text\"\tat all");
    assertThat(line.message()).isEqualTo("any \"text\"\tat all");
    assertThat(line.tags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2024-01-01 10:00:00.123 UTC [123] LOG:  starting PostgreSQL|2024-01-01T10:00:00.123Z|info",
        "2024-01-01 10:00:00.123 UTC [9] a@b ERROR:  no|2024-01-01T10:00:00.123Z|error",
        "2024-01-01 10:00:00 GMT [9] STATEMENT:  ERROR|2024-01-01T10:00:00Z|error",
        "2024-01-01T10:00:00Z INFO x|2024-01-01T10:00:00Z|info",
        "2024-01-01T10:00:00.5+02:00 [main] WARN  c.f.Foo - x|2024-01-01T08:00:00.500Z|warn",
        "2024-01-01 10:00:00 +0200 x|2024-01-01T08:00:00Z|",
        "2024-01-01 10:00:00,123 - root - CRITICAL - x|2024-01-01T08:00:00.123Z|critical",
        "2024/01/01 10:00:00 [error] 12#0: *1 x|2024-01-01T08:00:00Z|error",
        "[2024-01-01 10:00:00] FATAL x|2024-01-01T08:00:00Z|fatal",
        "2024-01-01 10:00:00 an error in the text|2024-01-01T08:00:00Z|",
        "2024-01-01 10:00:00|2024-01-01T08:00:00Z|",
        "2024-01-01 12:00:00 -1234 rows left|2024-01-01T10:00:00Z|",
        "2024-01-01 12:00:00 +12345 rows|2024-01-01T10:00:00Z|",
        "2024-01-01 12:00:00 UTCfoo|2024-01-01T10:00:00Z|",
        "2024-13-01 10:00:00 INFO x||",
        "ERROR without a time||",
        "2024-01-01||"
      })
  void theTimeAndTheLevelALineBeginsWithAreRead(String text, String time, String level) {
    Parsed line = Parsed.by(new PlainText(MultilineRule.none(), ZoneOffset.ofHours(2)), text);
    assertThat(line.message()).isEqualTo(text);
    assertThat(line.json().path("@timestamp").asString("")).isEqualTo(time == null ? "" : time);
    assertThat(line.json().path("log.level").asString("")).isEqualTo(level == null ? "" : level);
  }

  @Test
  void aTimeWithoutAZoneIsNotGuessedWhereTheRuntimeKnowsIt() {
    PlainText inContainer = new PlainText(MultilineRule.none(), null);
    Parsed local = Parsed.by(inContainer, "2024-01-01 10:00:00 ERROR x");
    assertThat(local.json().has("@timestamp")).isFalse();
    assertThat(local.text("log.level")).isEqualTo("error");
    Parsed zoned = Parsed.by(inContainer, "2024-01-01 10:00:00Z ERROR x");
    assertThat(zoned.text("@timestamp")).isEqualTo("2024-01-01T10:00:00Z");
  }

  @Test
  void rulesTellWhereEventsBegin() {
    assertThat(role(MultilineRule.none(), "  x")).isEqualTo(LineRole.ALONE);
    assertThat(role(MultilineRule.indented(), "Exception")).isEqualTo(LineRole.STARTS);
    assertThat(role(MultilineRule.indented(), "\tat x")).isEqualTo(LineRole.CONTINUES);
    assertThat(role(MultilineRule.indented(), "")).isEqualTo(LineRole.CONTINUES);
    assertThat(role(MultilineRule.timestamp(), "2026-01-01 x")).isEqualTo(LineRole.STARTS);
    assertThat(role(MultilineRule.timestamp(), "[2026-01-01] x")).isEqualTo(LineRole.STARTS);
    assertThat(role(MultilineRule.timestamp(), "[x] 1")).isEqualTo(LineRole.CONTINUES);
    MultilineRule pattern = MultilineRule.startsWith(Pattern.compile("[A-Z]+:"));
    assertThat(role(pattern, "LOG: x")).isEqualTo(LineRole.STARTS);
    assertThat(role(pattern, "  LOG: x")).isEqualTo(LineRole.CONTINUES);
  }

  private static LineRole role(MultilineRule rule, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PlainText(rule, null).role(bytes, 0, bytes.length);
  }
}
