package io.nsqlops.logs.parse.oceanbase;

import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/** {@code yyyy-MM-dd HH:mm:ss.uuuuuu} in local time. */
final class OceanbaseTime {
  static final int LENGTH = 26;

  private final LocalClock clock;

  OceanbaseTime(ZoneId zone) {
    clock = new LocalClock(zone);
  }

  /** Whether such a time stands at this position. */
  static boolean isAt(byte[] s, int from, int to) {
    return to - from >= LENGTH
        && s[from + 10] == ' '
        && s[from + 19] == '.'
        && Digits.end(s, from + 20, from + LENGTH) == from + LENGTH
        && Instants.day(s, from, '-') >= 0
        && Instants.time(s, from + 11) >= 0;
  }

  /** The instant of the time at this position, or {@link Instants#NONE}. */
  long read(byte[] s, int from) {
    long local = Instants.day(s, from, '-') + Instants.time(s, from + 11);
    long utc = clock.utcSecond(local);
    return utc < 0
        ? Instants.NONE
        : Instants.pack(utc, Instants.fraction(s, from + 20, from + LENGTH));
  }
}
