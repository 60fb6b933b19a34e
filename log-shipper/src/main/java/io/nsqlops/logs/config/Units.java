package io.nsqlops.logs.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 4MiB} and durations such as {@code 1s}. */
final class Units {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
  private static final Map<String, Integer> BYTES =
      Map.of("", 1, "B", 1, "KiB", 1 << 10, "MiB", 1 << 20);
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /** Who writes more has mistaken the unit. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private Units() {}

  static int bytes(String text) {
    Matcher amount = AMOUNT.matcher(text);
    Integer unit = amount.matches() ? BYTES.get(amount.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("must be a size such as 64KiB or 4MiB");
    }
    long bytes = Long.parseLong(amount.group(1)) * unit;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("is too large");
    }
    return (int) bytes;
  }

  /** A duration of something that cannot take no time. */
  static Duration positive(String text) {
    Duration duration = duration(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be more than 0");
    }
    return duration;
  }

  static Duration duration(String text) {
    Matcher amount = AMOUNT.matcher(text);
    Duration unit = amount.matches() ? TIMES.get(amount.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("must be a duration such as 500ms, 1s or 5m");
    }
    Duration duration = unit.multipliedBy(Long.parseLong(amount.group(1)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be at most " + LONGEST.toHours() + "h");
    }
    return duration;
  }
}
