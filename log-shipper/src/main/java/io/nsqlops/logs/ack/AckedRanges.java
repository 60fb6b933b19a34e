package io.nsqlops.logs.ack;

import io.nsqlops.logs.model.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The acknowledged bytes of one file: everything below the watermark, and islands above it.
 *
 * <p>A restart reads from the watermark and skips the islands, so an event is never read in part:
 * ranges are always whole events. Ranges may arrive in any order and more than once.
 */
public final class AckedRanges {
  private long watermark;
  private final NavigableMap<Long, Long> islands = new TreeMap<>();

  public AckedRanges() {
    this(0, List.of());
  }

  public AckedRanges(long watermark, List<ByteRange> islands) {
    this.watermark = watermark;
    islands.forEach(range -> add(range.from(), range.to()));
  }

  /** Every byte below this one is acknowledged, and no event begins before it and ends after. */
  public long watermark() {
    return watermark;
  }

  public List<ByteRange> islands() {
    List<ByteRange> list = new ArrayList<>(islands.size());
    islands.forEach((from, to) -> list.add(new ByteRange(from, to)));
    return list;
  }

  /** Marks bytes {@code [from, to)} as acknowledged. */
  public void add(long from, long to) {
    if (to <= watermark || from >= to) {
      return;
    }
    long low = Math.max(from, watermark);
    long high = to;
    Map.Entry<Long, Long> before = islands.floorEntry(low);
    if (before != null && before.getValue() >= low) {
      low = before.getKey();
      high = Math.max(high, before.getValue());
    }
    NavigableMap<Long, Long> swallowed = islands.subMap(low, true, high, true);
    if (!swallowed.isEmpty()) {
      high = Math.max(high, swallowed.lastEntry().getValue());
      swallowed.clear();
    }
    if (low == watermark) {
      watermark = high;
    } else {
      islands.put(low, high);
    }
  }

  /** Whether the byte at this offset is acknowledged. */
  public boolean contains(long offset) {
    return offset < watermark || islandEnd(offset) > offset;
  }

  /** Whether nothing above the watermark is acknowledged: then there is nothing to skip. */
  public boolean isContiguous() {
    return islands.isEmpty();
  }

  private long islandEnd(long offset) {
    Map.Entry<Long, Long> island = islands.floorEntry(offset);
    return island == null ? offset : island.getValue();
  }
}
