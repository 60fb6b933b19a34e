package io.nsqlops.logs.parse.rocksdb;

import io.nsqlops.logs.parse.Digits;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LocalClock;
import java.time.ZoneId;

/**
 * What RocksDB itself begins a line with, {@code yyyy/MM/dd-HH:mm:ss.uuuuuu <thread> }: in local
 * time, the thread in hexadecimal or, in later versions, in decimal.
 */
final class NativeHeader {
  private static final int TIME_LENGTH = 26;

  private final LocalClock clock;

  NativeHeader(ZoneId zone) {
    clock = new LocalClock(zone);
  }

  /** The instant, packed, or {@link Instants#NONE} if the line does not begin so. */
  long time(byte[] s, int from, int to) {
    int fraction = from + 20;
    boolean shaped =
        to - from > TIME_LENGTH + 2
            && s[from + 10] == '-'
            && s[from + 19] == '.'
            && Digits.end(s, fraction, from + TIME_LENGTH) == from + TIME_LENGTH
            && s[from + TIME_LENGTH] == ' '
            && threadEnd(s, from, to) > 0;
    if (!shaped) {
      return Instants.NONE;
    }
    long day = Instants.day(s, from, '/');
    int time = Instants.time(s, from + 11);
    long utc = day < 0 || time < 0 ? -1 : clock.utcSecond(day + time);
    return utc < 0
        ? Instants.NONE
        : Instants.pack(utc, Instants.fraction(s, fraction, from + TIME_LENGTH));
  }

  static int thread(int from) {
    return from + TIME_LENGTH + 1;
  }

  /** Where the thread of the line that begins here ends, in front of a space; -1 if it has none. */
  static int threadEnd(byte[] s, int from, int to) {
    int thread = thread(from);
    int end = thread;
    while (end < to && (Digits.isDigit(s[end]) || (s[end] >= 'a' && s[end] <= 'f'))) {
      end++;
    }
    return end > thread && end < to && s[end] == ' ' ? end : -1;
  }
}
