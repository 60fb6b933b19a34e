package io.nsqlops.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowsDigestTest {

  @Property
  void orderDoesNotCount(@ForAll List<@Size(32) byte[]> rows, @ForAll long seed) {
    List<byte[]> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(digest(shuffled)).isEqualTo(digest(rows)).hasSize(64);
  }

  @Property
  void howOftenARowOccursCounts(@ForAll @Size(32) byte[] row) {
    String none = digest(List.of());
    String once = digest(List.of(row));
    String twice = digest(List.of(row, row));
    String thrice = digest(List.of(row, row, row));
    if (!Arrays.equals(row, new byte[32])) {
      assertThat(once).isNotEqualTo(none);
      assertThat(thrice).isNotEqualTo(twice);
    }
    assertThat(thrice.equals(once)).isEqualTo(twice.equals(none));
  }

  @Test
  void theSumWrapsAround() {
    byte[] all = new byte[32];
    Arrays.fill(all, (byte) 0xff);
    byte[] one = new byte[32];
    one[31] = 1;
    assertThat(digest(List.of(all))).isEqualTo("f".repeat(64));
    assertThat(digest(List.of(all, one))).isEqualTo("0".repeat(64));
    assertThat(digest(List.of(all, one, one))).isEqualTo("0".repeat(63) + "1");
  }

  private static String digest(List<byte[]> rows) {
    RowsDigest digest = new RowsDigest();
    rows.forEach(digest::add);
    return digest.hex();
  }
}
