package io.nsqlops.logs.parse.errorlog;

/**
 * When a crash was that is reported with its time of day only: on the day of an event before it, or
 * on the next.
 */
final class CrashTime {
  private static final long DAY = 86_400;

  /** The report has no fraction of a second, and threads print in any order. */
  private static final long CLOSE = 60;

  /** A local time was perhaps read in the wrong zone. */
  private static final long FAR = DAY / 2;

  private long before = -1;
  private boolean certain;

  /** An event was at this second; certainly, if its time carried a zone. */
  void event(long second, boolean zoned) {
    if (zoned || !certain) {
      before = second;
      certain = zoned;
    }
  }

  /** Seconds since 1970, or -1 if no event was before. */
  long second(int timeOfDay) {
    if (before < 0) {
      return -1;
    }
    long sameDay = before - before % DAY + timeOfDay;
    return sameDay < before - (certain ? CLOSE : FAR) ? sameDay + DAY : sameDay;
  }
}
