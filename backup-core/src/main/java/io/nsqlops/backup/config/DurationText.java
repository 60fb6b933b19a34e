package io.nsqlops.backup.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 14d}, {@code 36h}, {@code 1w2d}, {@code 90m}, {@code 0s}.
 */
public final class DurationText {
  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9}[wdhms])+");
  private static final Pattern PART = Pattern.compile("([0-9]+)([wdhms])");

  private DurationText() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 14d, 36h or 1w2d (w, d, h, m, s)");
    }
    Duration total = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long count = Long.parseLong(part.group(1));
      total =
          total.plus(
              switch (part.group(2)) {
                case "w" -> Duration.ofDays(7 * count);
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
              });
    }
    return total;
  }

  /** Writes one so that {@link #parse} reads it, to the second. */
  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    for (Unit unit : Unit.values()) {
      if (seconds % unit.seconds == 0 && seconds > 0) {
        return seconds / unit.seconds + unit.letter;
      }
    }
    return "0s";
  }

  private enum Unit {
    DAY(86_400, "d"),
    HOUR(3600, "h"),
    MINUTE(60, "m"),
    SECOND(1, "s");

    private final long seconds;
    private final String letter;

    Unit(long seconds, String letter) {
      this.seconds = seconds;
      this.letter = letter;
    }
  }
}
