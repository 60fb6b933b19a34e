package io.nsqlops.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSplitTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({"0, 21", "16, 21", "17, 22", "64, 22", "65, 23", "90000, 23"})
  void largerTablesHaveLargerChunks(long gibibytes, int shift) {
    assertThat(TableSplit.of(gibibytes * GIB, gibibytes * GIB, 4, 0).targetShift())
        .isEqualTo(shift);
  }

  @ParameterizedTest
  @CsvSource({"1, 22, 22", "17, 21, 21", "17, 23, 23", "1, 23, 21", "300, 21, 23"})
  void theLastSizeIsKeptUnlessItIsFarOff(long gibibytes, int previous, int shift) {
    assertThat(TableSplit.of(gibibytes * GIB, gibibytes * GIB, 4, previous).targetShift())
        .isEqualTo(shift);
  }

  @Test
  void partsAreSixToAThreadButNotSmall() {
    assertThat(TableSplit.of(10 * GIB, 10 * GIB, 4, 0).parts()).isEqualTo(24);
    assertThat(TableSplit.of(5 * GIB, 10 * GIB, 4, 0).parts()).isEqualTo(12);
    assertThat(TableSplit.of(100 << 20, 100 << 20, 4, 0).parts()).isEqualTo(3);
    assertThat(TableSplit.of(63 << 20, 63 << 20, 4, 0).parts()).isEqualTo(1);
    assertThat(TableSplit.of(10 * GIB, 10 * GIB, 1, 0).parts()).isEqualTo(1);
    assertThat(TableSplit.of(1000 * GIB, 1000 * GIB, 200, 0).parts()).isEqualTo(256);
  }

  @Test
  void rangesGetSmallerTowardsTheEnd() {
    assertThat(TableSplit.shares(16, 2)).containsExactly(5, 3, 2, 2, 1, 1, 1, 1);
    assertThat(TableSplit.shares(1, 8)).containsExactly(1);
  }

  @Property
  void rangesHoldEveryPartOnce(
      @ForAll @IntRange(min = 1, max = 256) int parts,
      @ForAll @IntRange(min = 1, max = 512) int threads) {
    List<Integer> shares = TableSplit.shares(parts, threads);
    assertThat(shares).allMatch(s -> s > 0).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(shares.stream().mapToInt(s -> s).sum()).isEqualTo(parts);
  }

  @Property
  void anySizesGiveASplit(
      @ForAll @LongRange(min = 0, max = 1L << 50) long bytes,
      @ForAll @LongRange(min = 0, max = 1L << 50) long others,
      @ForAll @IntRange(min = 1, max = 512) int threads,
      @ForAll @IntRange(max = 24) int previous) {
    TableSplit split = TableSplit.of(bytes, bytes + others, threads, previous);
    assertThat(split.parts()).isBetween(1, 256);
    assertThat(split.targetShift()).isBetween(20, 23);
  }
}
