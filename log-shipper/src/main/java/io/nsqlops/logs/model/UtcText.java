package io.nsqlops.logs.model;

/** Writes instants as ISO 8601 in UTC, with as many fraction digits as they need. */
public final class UtcText {
  private static final long DAY = 86_400;

  private UtcText() {}

  /** Writes an instant of the years 1970 to 9999. */
  public static void write(JsonBytes out, long epochSecond, int nanos) {
    int day = (int) Math.floorDiv(epochSecond, DAY);
    int second = (int) (epochSecond - day * DAY);
    int date = CivilTime.ofEpochDay(day);
    out.padded(date >> 16, 4);
    out.raw('-');
    out.padded(date >> 8 & 0xff, 2);
    out.raw('-');
    out.padded(date & 0xff, 2);
    out.raw('T');
    out.padded(second / 3600, 2);
    out.raw(':');
    out.padded(second / 60 % 60, 2);
    out.raw(':');
    out.padded(second % 60, 2);
    if (nanos != 0) {
      out.raw('.');
      if (nanos % 1_000_000 == 0) {
        out.padded(nanos / 1_000_000, 3);
      } else if (nanos % 1000 == 0) {
        out.padded(nanos / 1000, 6);
      } else {
        out.padded(nanos, 9);
      }
    }
    out.raw('Z');
  }
}
