package io.nsqlops.logs.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.logs.model.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AckedRangesTest {
  @Property
  void isTheSetOfAcknowledgedBytes(
      @ForAll @Size(max = 40) List<@IntRange(max = 60) Integer> starts,
      @ForAll @IntRange(min = 1, max = 12) int length) {
    AckedRanges acked = new AckedRanges();
    BitSet model = new BitSet();
    for (int start : starts) {
      acked.add(start, start + length);
      model.set(start, start + length);

      assertThat(acked.watermark()).isEqualTo(model.nextClearBit(0));
      for (int i = 0; i < 80; i++) {
        assertThat(acked.contains(i)).isEqualTo(model.get(i));
      }
      assertThat(acked.islands()).isEqualTo(islands(model));
    }
  }

  @Property
  void theWatermarkNeverPassesAnEventThatIsNotAcknowledged(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9) Integer> lengths,
      @ForAll long seed) {
    List<ByteRange> events = new ArrayList<>();
    long at = 0;
    for (int length : lengths) {
      events.add(new ByteRange(at, at += length));
    }
    List<ByteRange> order = new ArrayList<>(events);
    Collections.shuffle(order, new Random(seed));
    AckedRanges acked = new AckedRanges();
    List<ByteRange> missing = new ArrayList<>(events);
    for (ByteRange event : order) {
      acked.add(event.from(), event.to());
      missing.remove(event);
      long expected = missing.isEmpty() ? at : missing.get(0).from();
      assertThat(acked.watermark()).isEqualTo(expected);
    }
  }

  @Property
  void comesBackFromItsParts(@ForAll @Size(max = 20) List<@IntRange(max = 60) Integer> starts) {
    AckedRanges acked = new AckedRanges();
    starts.forEach(start -> acked.add(start, start + 3));

    AckedRanges copy = new AckedRanges(acked.watermark(), acked.islands());

    assertThat(copy.watermark()).isEqualTo(acked.watermark());
    assertThat(copy.islands()).isEqualTo(acked.islands());
    assertThat(copy.isContiguous()).isEqualTo(acked.islands().isEmpty());
  }

  private static List<ByteRange> islands(BitSet model) {
    List<ByteRange> islands = new ArrayList<>();
    int from = model.nextSetBit(model.nextClearBit(0));
    while (from >= 0) {
      int to = model.nextClearBit(from);
      islands.add(new ByteRange(from, to));
      from = model.nextSetBit(to);
    }
    return islands;
  }
}
