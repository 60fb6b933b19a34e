package io.nsqlops.backup.engine.mysql.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IntegerSplitTest {
  private static List<BigInteger> split(
      NavigableSet<Long> rows, long min, long max, int parts, long cap) {
    return new IntegerSplit(
            (low, high) ->
                Math.min(
                    cap,
                    rows.subSet(low.longValueExact(), false, high.longValueExact(), true).size()))
        .keys(BigInteger.valueOf(min), BigInteger.valueOf(max), parts);
  }

  @Property(tries = 300)
  void keysAreInOrderAndInside(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -5000, max = 5000) Integer> keys,
      @ForAll @IntRange(min = 2, max = 40) int parts) {
    TreeSet<Long> rows = new TreeSet<>(keys.stream().map(Integer::longValue).toList());
    List<BigInteger> found = split(rows, rows.first(), rows.last(), parts, Long.MAX_VALUE);
    assertThat(found).hasSizeLessThan(parts).isSorted().doesNotHaveDuplicates();
    assertThat(found)
        .allSatisfy(
            k ->
                assertThat(k)
                    .isBetween(BigInteger.valueOf(rows.first()), BigInteger.valueOf(rows.last())));
  }

  /** Two crowds far apart, and one that holds nearly all. */
  @Example
  void crowdsAreDividedToo() {
    TreeSet<Long> rows = new TreeSet<>();
    for (long i = 0; i < 9_000; i++) {
      rows.add(i);
    }
    for (long i = 0; i < 1_000; i++) {
      rows.add(4_000_000_000_000L + i);
    }
    // as servers do, ranges of more than half of the table are all said to be half of it
    List<BigInteger> found = split(rows, 0, rows.last(), 8, 5_000);
    assertThat(found).hasSize(7);
    long last = -1;
    for (BigInteger key : found) {
      assertThat(rows.subSet(last, false, key.longValueExact(), true).size()).isBetween(600, 2_200);
      last = key.longValueExact();
    }
  }

  @Example
  void withoutEstimatesPartsAreOfTheSameWidth() {
    assertThat(
            new IntegerSplit((low, high) -> -1)
                .keys(BigInteger.ONE, new BigInteger("18446744073709551615"), 4))
        .containsExactly(
            new BigInteger("4611686018427387903"),
            new BigInteger("9223372036854775807"),
            new BigInteger("13835058055282163711"));
    assertThat(new IntegerSplit((low, high) -> -1).keys(BigInteger.TEN, BigInteger.TEN, 4))
        .isEmpty();
  }
}
