package io.nsqlops.logs.parse.mysqlslow;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/**
 * The times of a file's events: in RFC 3339, or local in the form {@code yyMMdd H:mm:ss}. Where an
 * event has none, it is that of the event before.
 */
final class SlowTime {
  /** Of a local time. */
  static final int LENGTH = 15;

  private final LocalClock clock;
  private final boolean repeating;
  private long last = Instants.NONE;

  /**
   * @param zone of times that carry none
   * @param repeating whether the time of the event before is taken where there is none
   */
  SlowTime(ZoneId zone, boolean repeating) {
    this.clock = new LocalClock(zone);
    this.repeating = repeating;
  }

  /** Seconds since 1970, as if the time were UTC, or -1 if this begins with no such time. */
  static long local(byte[] s, int from, int to) {
    if (to - from < LENGTH || s[from + 6] != ' ') {
      return -1;
    }
    long day = Instants.shortDay(s, from);
    int time = Instants.paddedTime(s, from + 7);
    return day < 0 || time < 0 ? -1 : day + time;
  }

  /** The instant of a time of either form, packed, or {@link Instants#NONE}. */
  long instant(byte[] s, int from, int to) {
    long instant = Instants.rfc3339(s, from, to);
    long local = instant == Instants.NONE ? local(s, from, to) : -1;
    long utc = local < 0 ? -1 : clock.utcSecond(local);
    return utc < 0 ? instant : Instants.pack(utc, 0);
  }

  /** Writes the time of an event: this one, or if that is none, that of the event before. */
  void write(long instant, EcsDocument document) {
    if (instant != Instants.NONE) {
      last = instant;
    }
    long time = repeating ? last : instant;
    if (time != Instants.NONE) {
      document.timestamp(Instants.second(time), Instants.nanos(time));
    }
  }
}
