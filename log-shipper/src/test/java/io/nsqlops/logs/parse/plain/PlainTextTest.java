package io.nsqlops.logs.parse.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Events;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @Test
  void theTextIsTheMessage() {
    Parsed line =
        Parsed.by(
            new PlainText(MultilineRule.none(), ZoneOffset.UTC, false), "any \"text\"\tat all");
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
        "2025-08-13 01:45:01.123 PDT [1] LOG:  x|2025-08-13T08:45:01.123Z|info",
        "2018-11-17 13:39:22 EST [835-1] LOG:  x|2018-11-17T18:39:22Z|info",
        "2024-01-01 10:00:00 -03 [9] LOG:  x|2024-01-01T13:00:00Z|info",
        "2024-01-01 12:00:00 -03 rows|2024-01-01T10:00:00Z|",
        "2024-01-01 12:00:00 LAST x|2024-01-01T10:00:00Z|",
        "2024-01-01 10:00:00 CET [1] app=[error] x|2024-01-01T09:00:00Z|",
        "2024-01-01 12:00:00 EAT more fruit: apples|2024-01-01T10:00:00Z|",
        "2024-01-01 12:00:00 EAT|2024-01-01T10:00:00Z|",
        "2024-01-01 12:00:00 EAT [9] HINT:  x|2024-01-01T09:00:00Z|",
        "2024-01-01 12:00:00 EAT a@b DETAIL:  x|2024-01-01T09:00:00Z|",
        "2024-01-01 12:00:00 WEST main ERROR x|2024-01-01T11:00:00Z|error",
        "ERROR without a time||",
        "2024-01-01||"
      })
  void theTimeAndTheLevelALineBeginsWithAreRead(String text, String time, String level) {
    Parsed line = Parsed.by(new PlainText(MultilineRule.none(), ZoneOffset.ofHours(2), true), text);
    assertThat(line.message()).isEqualTo(text);
    assertThat(line.json().path("@timestamp").asString("")).isEqualTo(time == null ? "" : time);
    assertThat(line.json().path("log.level").asString("")).isEqualTo(level == null ? "" : level);
  }

  /** As programs write that take what they write to for a terminal. */
  @Test
  void coloursBetweenTimeAndLevelDoNotHideThem() {
    PlainText plain = new PlainText(MultilineRule.none(), ZoneOffset.UTC, true);
    Parsed line =
        Parsed.by(
            plain,
            "2024-01-01T10:00:00.5Z\u001b[0m \u001b[33m WARN\u001b[0m \u001b[2ma::b\u001b[0m: x");
    assertThat(line.text("@timestamp")).isEqualTo("2024-01-01T10:00:00.500Z");
    assertThat(line.text("log.level")).isEqualTo("warn");
  }

  @Test
  void aTimeWithoutAZoneIsNotGuessedWhereTheRuntimeKnowsIt() {
    PlainText inContainer = new PlainText(MultilineRule.none(), ZoneOffset.UTC, false);
    Parsed local = Parsed.by(inContainer, "2024-01-01 10:00:00 ERROR x");
    assertThat(local.json().has("@timestamp")).isFalse();
    assertThat(local.text("log.level")).isEqualTo("error");
    Parsed zoned = Parsed.by(inContainer, "2024-01-01 10:00:00Z ERROR x");
    assertThat(zoned.text("@timestamp")).isEqualTo("2024-01-01T10:00:00Z");
  }

  /** The zone of the source tells which; where it does not, it is taken, and that is marked. */
  @Test
  void aZoneThatSharesItsNameIsThatOfTheSource() {
    String text = "2024-01-01 10:00:00 CST [9] LOG:  x";
    PlainText chicago = new PlainText(MultilineRule.none(), ZoneId.of("America/Chicago"), true);
    assertThat(Parsed.by(chicago, text).text("@timestamp")).isEqualTo("2024-01-01T16:00:00Z");
    PlainText shanghai = new PlainText(MultilineRule.none(), ZoneId.of("Asia/Shanghai"), true);
    assertThat(Parsed.by(shanghai, text).text("@timestamp")).isEqualTo("2024-01-01T02:00:00Z");
    assertThat(Parsed.by(shanghai, text).tags()).isEmpty();
    PlainText berlin = new PlainText(MultilineRule.none(), ZoneId.of("Europe/Berlin"), true);
    assertThat(Parsed.by(berlin, text).text("@timestamp")).isEqualTo("2024-01-01T09:00:00Z");
    assertThat(Parsed.by(berlin, text).tags()).containsExactly("_zone_assumed");
    PlainText inContainer = new PlainText(MultilineRule.none(), ZoneId.of("Europe/Berlin"), false);
    assertThat(Parsed.by(inContainer, text).json().has("@timestamp")).isFalse();
    assertThat(Parsed.by(inContainer, text).tags()).isEmpty();
    // the hour that is there twice
    assertThat(Parsed.by(berlin, "2023-10-29 02:30:00 CET [9] LOG:  x").text("@timestamp"))
        .isEqualTo("2023-10-29T01:30:00Z");
    assertThat(Parsed.by(berlin, "2023-10-29 02:30:00 CEST [9] LOG:  x").text("@timestamp"))
        .isEqualTo("2023-10-29T00:30:00Z");
  }

  @Test
  void readsWhatPostgresqlWrites() {
    PlainText plain = new PlainText(MultilineRule.none(), ZoneOffset.UTC, true);
    assertThat(Events.genuine(plain, "postgresql-15-pdt.log"))
        .filteredOn(event -> !event.message().isEmpty())
        .allSatisfy(event -> assertThat(event.text("@timestamp")).startsWith("2025-08-13T08:"));
    assertThat(Events.genuine(plain, "postgresql-zones.log"))
        .extracting(event -> event.text("@timestamp"), event -> event.text("log.level"))
        .containsExactly(
            tuple("2019-09-04T13:52:38.004Z", "info"),
            tuple("2018-11-17T11:14:01Z", "info"),
            tuple("2018-11-17T18:39:22Z", "info"),
            tuple("2018-11-17T18:53:56Z", "fatal"),
            tuple("2019-07-23T12:06:33.732Z", "error"));
    assertThat(Events.genuine(plain, "postgresql-unknown-client.log"))
        .allSatisfy(event -> assertThat(event.text("log.level")).isEqualTo("info"));
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
    return new PlainText(rule, ZoneOffset.UTC, false).role(bytes, 0, bytes.length);
  }
}
