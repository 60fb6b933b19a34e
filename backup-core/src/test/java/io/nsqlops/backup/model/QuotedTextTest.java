package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTextTest {
  private static String quoted(String sql, String sqlMode) {
    return sql.substring(0, QuotedText.end(sql, 0, Quoting.of(sqlMode)));
  }

  @Test
  void aDoubledQuoteDoesNotEndIt() {
    assertThat(quoted("`a``b` x", "")).isEqualTo("`a``b`");
    assertThat(quoted("'it''s' x", "")).isEqualTo("'it''s'");
  }

  @Test
  void aBackslashEscapesInStringsAndNowhereElse() {
    assertThat(quoted("'a\\'b' x", "")).isEqualTo("'a\\'b'");
    assertThat(quoted("'a\\' x", "NO_BACKSLASH_ESCAPES")).isEqualTo("'a\\'");
    assertThat(quoted("`a\\` x", "")).isEqualTo("`a\\`");
    assertThat(quoted("\"a\\\"b\" x", "")).isEqualTo("\"a\\\"b\"");
    assertThat(quoted("\"a\\\" x", "ANSI_QUOTES")).isEqualTo("\"a\\\"");
  }

  @Test
  void whatNeverEndsGoesToTheEndOfAll() {
    assertThat(quoted("'abc", "")).isEqualTo("'abc");
    assertThat(quoted("'abc\\", "")).isEqualTo("'abc\\");
  }

  @Test
  void theRestOfATextIsWhatIsNotQuoted() {
    assertThat(QuotedText.without("a `b` 'c' \"d\" e")).isEqualTo("a    e");
  }
}
