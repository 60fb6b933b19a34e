package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "''|''|true",
        "''|a|false",
        "*|''|true",
        "*ab*ab|aabab|true",
        "*ab|abc|false",
        "a?c|a😀c|true",
        "*?c|😀c|true",
        "a?|a|false",
        "a.c|abc|false",
        "a.c|A.c|false",
        "[ab]|a|false"
      },
      delimiter = '|')
  void fits(String pattern, String text, boolean fits) {
    assertThat(Wildcard.matches(pattern, text)).isEqualTo(fits);
  }

  @Test
  void anyCharacterIsOne() {
    assertThat(Wildcard.matches("a*", "ab\n.c")).isTrue();
    assertThat(Wildcard.matches("a?c", "a\nc")).isTrue();
    assertThat(Wildcard.matches("a", "a\0")).isFalse();
    assertThat(Wildcard.matches("a\0", "a")).isFalse();
  }

  @Property
  void fitsAsARegularExpressionWould(
      @ForAll @StringLength(max = 8) @Chars({'*', '?', '.'}) @CharRange(from = 'a', to = 'b')
          String pattern,
      @ForAll @StringLength(max = 12) @Chars('.') @CharRange(from = 'a', to = 'b') String text) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
            .collect(Collectors.joining());
    assertThat(Wildcard.matches(pattern, text)).isEqualTo(text.matches(regex));
  }
}
