package io.nsqlops.logs.model;

/**
 * Writes instants as ISO 8601 in UTC, with as many fraction digits as they need.
 *
 * <p>Instants in a row are mostly of one day: its date is kept.
 */
public final class UtcText {
  private static final long DAY = 86_400;

  private final JsonBytes date = new JsonBytes(16);
  private long dayStart;

  /** Writes an instant of the years 1970 to 9999. */
  public void write(JsonBytes out, long epochSecond, int nanos) {
    if (date.size() == 0 || epochSecond < dayStart || epochSecond >= dayStart + DAY) {
      writeDate(Math.floorDiv(epochSecond, DAY));
    }
    out.raw(date.array(), 0, date.size());
    int second = (int) (epochSecond - dayStart);
    int minute = second / 60;
    int hour = minute / 60;
    out.padded(hour, 2);
    out.raw(':');
    out.padded(minute - hour * 60, 2);
    out.raw(':');
    out.padded(second - minute * 60, 2);
    if (nanos != 0) {
      fraction(out, nanos);
    }
    out.raw('Z');
  }

  private void writeDate(long day) {
    dayStart = day * DAY;
    int civil = CivilTime.ofEpochDay((int) day);
    date.truncate(0);
    date.padded(civil >> 16, 4);
    date.raw('-');
    date.padded(civil >> 8 & 0xff, 2);
    date.raw('-');
    date.padded(civil & 0xff, 2);
    date.raw('T');
  }

  private static void fraction(JsonBytes out, int nanos) {
    out.raw('.');
    int micros = nanos / 1000;
    int millis = micros / 1000;
    if (millis * 1_000_000 == nanos) {
      out.padded(millis, 3);
    } else if (micros * 1000 == nanos) {
      out.padded(micros, 6);
    } else {
      out.padded(nanos, 9);
    }
  }
}
