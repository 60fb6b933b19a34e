package io.nsqlops.logs.parse.errorlog;

/**
 * When a crash was that is reported with its time of day only: the first such time behind the event
 * before it and behind the last look at the file that did not find it there. Of a file that is
 * followed while it is written that is exact, however long it was quiet; where what was written
 * before is read up, it is the day of the event before, or the next. Where neither is known, it is
 * the last such time before the file was written to last.
 */
final class CrashTime {
  private static final long DAY = 86_400;

  /** The report has no fraction of a second, threads print in any order, and clocks differ. */
  private static final long CLOSE = 60;

  /** A local time was perhaps read in the wrong zone. */
  private static final long FAR = DAY / 2;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private long notBefore = UNKNOWN;
  private boolean certain;
  private long unseen = UNKNOWN;
  private long seen = UNKNOWN;

  /** An event was at this second; certainly, if its time carried a zone. */
  void event(long second, boolean zoned) {
    if (zoned) {
      notBefore = second - CLOSE;
      certain = true;
    } else if (!certain) {
      // on the same day where that may be: zones are configured more often than not
      notBefore = Math.max(second - second % DAY, second - FAR);
    }
  }

  /**
   * What is read next was written between these seconds.
   *
   * @param after -1 if that is not known
   * @param by -1 if that is not known
   */
  void written(long after, long by) {
    unseen = after < 0 ? unseen : after - CLOSE;
    seen = by < 0 ? seen : by + CLOSE;
  }

  /** Seconds since 1970, or -1 if nothing tells it. */
  long second(int timeOfDay) {
    long earliest = Math.max(notBefore, unseen);
    if (earliest == UNKNOWN) {
      if (seen == UNKNOWN) {
        return -1;
      }
      earliest = seen - DAY + 1;
    }
    long sameDay = earliest - Math.floorMod(earliest, DAY) + timeOfDay;
    return sameDay < earliest ? sameDay + DAY : sameDay;
  }
}
