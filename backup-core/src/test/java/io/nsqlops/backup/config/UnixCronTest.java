package io.nsqlops.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixCronTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "*/15 * * * *",
        "0 2 * * MON-FRI",
        "0 0 1 jan *",
        "5,35 0-6/2 1 1-6 0",
        "0 2 * * 6"
      })
  void acceptsUnixExpressions(String text) {
    assertThat(new UnixCron(text)).hasToString(text);
  }

  @Test
  void spacesAreMadeEven() {
    assertThat(new UnixCron(" 0  2 * *\t* ").expression()).isEqualTo("0 2 * * *");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0 2 * *", "0 0 2 * * ?", "60 2 * * *", "0 24 * * *", "0 2 0 * *", "0 2 * 13 *",
        "0 2 * * 7", "0 2 * * 1-7", "0 2 * * 8", "@daily", "0 2 L * *", "0 2 ? * *", "a b c d e",
        "5-1 * * * *"
      })
  void refusesTheRest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new UnixCron(text));
  }

  @Property(tries = 200)
  void acceptsWhateverIsInRange(@ForAll("expressions") String text) {
    assertThat(new UnixCron(text).expression()).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Combinators.combine(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
        .as(
            (minute, hour, day, month, weekday) ->
                String.join(" ", minute, hour, day, month, weekday));
  }

  private static Arbitrary<String> field(int low, int high) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(low, high);
    Arbitrary<String> range =
        Combinators.combine(numbers, numbers).as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b));
    return Arbitraries.oneOf(
        Arbitraries.of("*", "*/2"), numbers.map(String::valueOf), range, range.map(r -> r + "/3"));
  }
}
