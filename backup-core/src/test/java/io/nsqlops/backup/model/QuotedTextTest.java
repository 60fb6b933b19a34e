package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTextTest {
  private static String quoted(String sql, boolean escapes) {
    return sql.substring(0, QuotedText.end(sql, 0, escapes));
  }

  @Test
  void aDoubledQuoteDoesNotEndIt() {
    assertThat(quoted("`a``b` x", true)).isEqualTo("`a``b`");
    assertThat(quoted("'it''s' x", true)).isEqualTo("'it''s'");
  }

  @Test
  void aBackslashEscapesInStringsAndNowhereElse() {
    assertThat(quoted("'a\\'b' x", true)).isEqualTo("'a\\'b'");
    assertThat(quoted("'a\\' x", false)).isEqualTo("'a\\'");
    assertThat(quoted("`a\\` x", true)).isEqualTo("`a\\`");
  }

  @Test
  void whatNeverEndsGoesToTheEndOfAll() {
    assertThat(quoted("'abc", true)).isEqualTo("'abc");
    assertThat(quoted("'abc\\", true)).isEqualTo("'abc\\");
  }

  @Test
  void theRestOfATextIsWhatIsNotQuoted() {
    assertThat(QuotedText.without("a `b` 'c' \"d\" e")).isEqualTo("a    e");
  }
}
