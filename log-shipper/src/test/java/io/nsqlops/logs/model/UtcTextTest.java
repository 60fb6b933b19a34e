package io.nsqlops.logs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class UtcTextTest {
  private final UtcText utc = new UtcText();

  @Property
  void instantsAreWrittenAsTheJdkWritesThem(
      @ForAll @LongRange(max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    for (int n : new int[] {nanos, nanos / 1000 * 1000, nanos / 1_000_000 * 1_000_000, 0}) {
      JsonBytes out = new JsonBytes(8);
      utc.write(out, second, n);
      assertThat(out.toString()).isEqualTo(Instant.ofEpochSecond(second, n).toString());
    }
  }

  /** One writer writes them all, in any order: what it keeps of one day is not of another. */
  @Property
  void daysFollowEachOther(@ForAll @Size(max = 20) List<@LongRange(max = 400_000) Long> seconds) {
    for (long second : seconds) {
      JsonBytes out = new JsonBytes(8);
      utc.write(out, second, 0);
      assertThat(out.toString()).isEqualTo(Instant.ofEpochSecond(second).toString());
    }
  }

  @Property
  void datesAreThoseOfTheCalendar(
      @ForAll @IntRange(min = 1960, max = 2270) int year,
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day) {
    boolean valid = CivilTime.isDate(year, month, day);
    LocalDate expected = null;
    try {
      expected = LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      assertThat(valid).isFalse();
    }
    if (expected != null) {
      assertThat(valid).isEqualTo(year >= 1970 && year <= 2241);
    }
    if (expected != null && valid) {
      assertThat(CivilTime.epochDay(year, month, day)).isEqualTo(expected.toEpochDay());
    }
  }
}
