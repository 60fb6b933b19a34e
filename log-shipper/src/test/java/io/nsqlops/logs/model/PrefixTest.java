package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixTest {
  private final byte[] head = new byte[5000];

  PrefixTest() {
    new Random(3).nextBytes(head);
  }

  @Test
  void matchesEveryLongerHeadThatBeginsAlike() {
    Prefix prefix = Prefix.of(head, 100);
    assertThat(prefix.matches(head, 100)).isTrue();
    assertThat(prefix.matches(head, 4096)).isTrue();
    assertThat(prefix.matches(head, 99)).isFalse();
    byte[] other = head.clone();
    other[99]++;
    assertThat(prefix.matches(other, 4096)).isFalse();
    assertThat(Prefix.of(head, 99).matches(other, 4096)).isTrue();
  }

  @Test
  void coversAtMostItsLimitAndNothingIsNoIdentity() {
    assertThat(Prefix.of(head, head.length).length()).isEqualTo(Prefix.LIMIT);
    assertThat(Prefix.of(head, 0).matches(head, 10)).isFalse();
  }
}
