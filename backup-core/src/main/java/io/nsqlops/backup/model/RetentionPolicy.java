package io.nsqlops.backup.model;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which backups of one server are to stay. A backup stays if any rule keeps it; 0, null or no tags:
 * that rule keeps nothing.
 *
 * @param last the newest so many
 * @param hourly the newest of each of the last so many hours that have one; likewise the others.
 *     Hours, days, ISO weeks, months and years are those of UTC.
 * @param within all that began at most this long before the newest one did
 * @param tags all that carry any of these labels with this value
 * @param keepMin whatever the rules say, the newest so many stay; at least 1
 */
public record RetentionPolicy(
    int last,
    int hourly,
    int daily,
    int weekly,
    int monthly,
    int yearly,
    @Nullable Duration within,
    Map<String, String> tags,
    int keepMin) {

  public RetentionPolicy {
    tags = Map.copyOf(tags);
    if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
      throw new IllegalArgumentException("a rule must not be negative");
    }
    if (within != null && within.isNegative()) {
      throw new IllegalArgumentException("within must not be negative");
    }
    if (keepMin < 1) {
      throw new IllegalArgumentException("at least one backup must stay");
    }
    if (last + hourly + daily + weekly + monthly + yearly == 0
        && within == null
        && tags.isEmpty()) {
      throw new IllegalArgumentException("no rule keeps anything");
    }
  }

  /** The newest {@code last} alone. */
  public static RetentionPolicy keepLast(int last) {
    return new RetentionPolicy(last, 0, 0, 0, 0, 0, null, Map.of(), 1);
  }
}
