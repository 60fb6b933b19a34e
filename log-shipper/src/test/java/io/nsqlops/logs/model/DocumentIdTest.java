package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DocumentIdTest {
  private static final long MAX = (1L << 48) - 1;

  @Property
  void idsSortAsOffsetsDo(
      @ForAll long generation,
      @ForAll @LongRange(max = MAX) long a,
      @ForAll @LongRange(max = MAX) long b) {
    int order = Integer.signum(id(generation, a).compareTo(id(generation, b)));
    assertThat(order).isEqualTo(Long.compare(a, b));
    assertThat(id(generation, a)).hasSize(19).matches("[-0-9A-Za-z_]+");
  }

  @Property
  void idsOfLongerEventsSortBehindThoseOfTheSameOffset(
      @ForAll @LongRange(max = MAX) long offset,
      @ForAll @IntRange(max = Integer.MAX_VALUE >> 1) int a,
      @ForAll @IntRange(max = Integer.MAX_VALUE >> 1) int b) {
    int order = Integer.signum(joined(offset, a).compareTo(joined(offset, b)));
    assertThat(order).isEqualTo(Integer.compare(a, b));
    assertThat(joined(offset, a)).hasSize(24).startsWith(id(7, offset));
  }

  private static String joined(long offset, int length) {
    JsonBytes out = new JsonBytes(8);
    DocumentId.joined(out, length);
    return id(7, offset) + out;
  }

  @Property
  void generationsHaveDifferentPrefixes(@ForAll long a, @ForAll long b) {
    assertThat(DocumentId.prefix(a).equals(DocumentId.prefix(b))).isEqualTo(a == b);
  }

  private static String id(long generation, long offset) {
    JsonBytes out = new JsonBytes(8);
    DocumentId.offset(out, offset);
    return DocumentId.prefix(generation) + out;
  }
}
