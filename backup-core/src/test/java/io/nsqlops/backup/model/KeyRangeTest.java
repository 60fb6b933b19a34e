package io.nsqlops.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
  @Property
  void everyKeyIsInExactlyOneOfTheRanges(@ForAll Set<Integer> any, @ForAll int key) {
    SortedSet<Integer> ends = new TreeSet<>(any);
    List<KeyRange> ranges =
        KeyRange.tile(ends.stream().map(e -> RawText.ofUtf8(String.valueOf(e))).toList());

    assertThat(ranges).hasSize(ends.size() + 1);
    assertThat(ranges.stream().filter(r -> contains(r, key)).count()).isEqualTo(1);
  }

  private static boolean contains(KeyRange range, int key) {
    return (range.after() == null || key > Integer.parseInt(range.after().toString()))
        && (range.upTo() == null || key <= Integer.parseInt(range.upTo().toString()));
  }

  @Test
  void readsWell() {
    assertThat(KeyRange.all()).hasToString("(-inf .. +inf]");
    assertThat(new KeyRange(RawText.ofUtf8("1\ta"), RawText.ofUtf8("2")))
        .hasToString("(1, a .. 2]");
  }
}
