package io.nsqlops.logs.parse.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void theTextIsTheMessage() {
    Parsed line = Parsed.by(new PlainText(MultilineRule.none()), "any \"text\"\tat all");
    assertThat(line.message()).isEqualTo("any \"text\"\tat all");
    assertThat(line.tags()).isEmpty();
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
    return new PlainText(rule).role(bytes, 0, bytes.length);
  }
}
