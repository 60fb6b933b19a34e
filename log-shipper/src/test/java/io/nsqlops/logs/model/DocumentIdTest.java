package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
  void generationsHaveDifferentPrefixes(@ForAll long a, @ForAll long b) {
    assertThat(DocumentId.prefix(a).equals(DocumentId.prefix(b))).isEqualTo(a == b);
  }

  private static String id(long generation, long offset) {
    JsonBytes out = new JsonBytes(8);
    DocumentId.offset(out, offset);
    return DocumentId.prefix(generation) + out;
  }
}
