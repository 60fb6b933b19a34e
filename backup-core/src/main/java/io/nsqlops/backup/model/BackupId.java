package io.nsqlops.backup.model;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/** Names of backups: they sort by time and never collide. */
public final class BackupId {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Of the 32 bits behind the second: 10 are its milliseconds, these are random. */
  private static final int RANDOM_BITS = 22;

  private BackupId() {}

  /** {@code 20261124T020000Z-1a2b3c4d}. */
  public static String create(Instant started) {
    int millis = started.get(ChronoField.MILLI_OF_SECOND);
    int random = new SecureRandom().nextInt(1 << RANDOM_BITS);
    return TIME.format(started) + "-" + HexFormat.of().toHexDigits(millis << RANDOM_BITS | random);
  }

  /** Whether a backup of this id is of later than now; clocks of machines may differ by less. */
  public static boolean isOfTheFuture(String id, Instant now) {
    return isBehind(id, now.plus(SKEW));
  }

  /** Whether a backup of this id began behind a moment, by the clock of whoever made it. */
  private static boolean isBehind(String id, Instant moment) {
    return id.compareTo(TIME.format(moment.plusSeconds(1))) >= 0;
  }
}
