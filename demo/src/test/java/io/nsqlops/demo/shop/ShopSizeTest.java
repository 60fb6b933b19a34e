package io.nsqlops.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShopSizeTest {

  @Property
  void hasAtLeastTheRowsAskedForAndLittleMore(
      @ForAll @LongRange(min = 10_000, max = 100_000_000) long rows) {
    ShopSize size = ShopSize.ofRows(rows);

    long all = 4 * size.orders() + size.customers() + size.tickets() + size.views();
    assertThat(all).isBetween(rows, rows + rows / 10);
  }

  @Test
  void fillsEveryNameOfTheRows() {
    assertThat(SqlScript.read("rows.sql").statements())
        .allSatisfy(sql -> assertThat(ShopSize.ofRows(10_000).fill(sql)).doesNotContain("{"));
  }

  @Test
  void isNeverSmallerThanWhatTheDamageNames() {
    assertThat(ShopSize.ofRows(1).orders()).isGreaterThanOrEqualTo(2000);
    assertThatThrownBy(() -> new ShopSize(1999)).isInstanceOf(IllegalArgumentException.class);
  }
}
