package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class Utf8Test {
  @Property
  void aCutNeverDividesACharacter(
      @ForAll @StringLength(min = 1, max = 50) String text, @ForAll @IntRange(max = 200) int at) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int to = Math.max(1, Math.min(at, bytes.length));

    int cut = Utf8.cut(bytes, 0, to);

    assertThat(cut).isBetween(Math.max(0, to - 3), to);
    boolean characterFits = cut > 0;
    if (characterFits && to < bytes.length) {
      String head = new String(bytes, 0, cut, StandardCharsets.UTF_8);
      String tail = new String(bytes, cut, bytes.length - cut, StandardCharsets.UTF_8);
      boolean tooSmallForOne = to < 4;
      if (!tooSmallForOne) {
        assertThat(head + tail).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
      }
    }
  }
}
