package io.nsqlops.logs.parse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * Turns local times without an offset into instants. The offset is looked up once a quarter hour of
 * the log, not once a line.
 */
public final class LocalClock {
  private static final long QUARTER = 900;

  private final ZoneRules rules;
  private long cachedQuarter = Long.MIN_VALUE;
  private int cachedOffset;

  public LocalClock(ZoneId zone) {
    rules = zone.getRules();
  }

  /**
   * Seconds since 1970 in UTC. Where the local time is ambiguous because clocks were set back, the
   * earlier instant; where it does not exist, that of the moment the clocks were set forward by.
   */
  public long utcSecond(long localSecond) {
    return localSecond - offset(localSecond);
  }

  private int offset(long localSecond) {
    if (rules.isFixedOffset()) {
      return rules.getOffset(Instant.EPOCH).getTotalSeconds();
    }
    // Clocks change on quarter hours.
    long quarter = Math.floorDiv(localSecond, QUARTER);
    if (quarter != cachedQuarter) {
      LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
      cachedOffset = rules.getOffset(local).getTotalSeconds();
      cachedQuarter = quarter;
    }
    return cachedOffset;
  }
}
