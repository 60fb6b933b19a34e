package io.nsqlops.backup.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a prune keeps. Zero, null or no tags: the rule keeps nothing.
 *
 * @param within all that are at most this much older than the newest
 * @param tags all that carry any of these labels
 */
public record KeepRules(
    int last,
    int hourly,
    int daily,
    int weekly,
    int monthly,
    int yearly,
    @Nullable Duration within,
    Map<String, String> tags) {

  public KeepRules {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    boolean none = last + hourly + daily + weekly + monthly + yearly == 0;
    if (none && within == null && tags.isEmpty()) {
      throw new IllegalArgumentException("must keep something: every rule is 0");
    }
  }

  /** Rules by number alone. */
  public KeepRules(int last, int hourly, int daily, int weekly, int monthly, int yearly) {
    this(last, hourly, daily, weekly, monthly, yearly, null, Map.of());
  }

  /** The rules as flags of {@code nsql-ops prune}. */
  public List<String> asFlags() {
    List<String> flags = new ArrayList<>();
    addFlag(flags, "--keep-last", last);
    addFlag(flags, "--keep-hourly", hourly);
    addFlag(flags, "--keep-daily", daily);
    addFlag(flags, "--keep-weekly", weekly);
    addFlag(flags, "--keep-monthly", monthly);
    addFlag(flags, "--keep-yearly", yearly);
    if (within != null) {
      flags.add("--keep-within=" + DurationText.of(within));
    }
    tags.forEach((key, value) -> flags.add("--keep-tag=" + key + "=" + value));
    return flags;
  }

  private static void addFlag(List<String> flags, String flag, int count) {
    if (count > 0) {
      flags.add(flag + "=" + count);
    }
  }
}
