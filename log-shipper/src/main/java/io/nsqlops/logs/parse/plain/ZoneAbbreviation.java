package io.nsqlops.logs.parse.plain;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A zone's name as the time zone database abbreviates it and PostgreSQL prints it. Where several
 * zones have it, that is meant which the zone of the source tells, or the one that is best known.
 */
final class ZoneAbbreviation {
  /** Not an offset. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int SHORTEST = 3;
  private static final int LONGEST = 4;
  private static final int QUARTER = 900;

  /** Quarters of an hour east of UTC; of several zones, the best known first. */
  private static final Map<String, ZoneAbbreviation> KNOWN =
      Map.ofEntries(
          Map.entry("UTC", of(0)),
          Map.entry("GMT", of(0)),
          Map.entry("WET", word(0)),
          Map.entry("WEST", word(4)),
          Map.entry("BST", of(4)),
          Map.entry("CET", of(4)),
          Map.entry("CEST", of(8)),
          Map.entry("EET", of(8)),
          Map.entry("EEST", of(12)),
          Map.entry("MSK", of(12)),
          Map.entry("WAT", of(4)),
          Map.entry("CAT", word(8)),
          Map.entry("SAST", of(8)),
          Map.entry("EAT", word(12)),
          Map.entry("IDT", of(12)),
          Map.entry("PKT", of(20)),
          Map.entry("WIB", of(28)),
          Map.entry("WITA", of(32)),
          Map.entry("WIT", word(36)),
          Map.entry("HKT", of(32)),
          Map.entry("JST", of(36)),
          Map.entry("KST", of(36)),
          Map.entry("AWST", of(32)),
          Map.entry("ACST", of(38)),
          Map.entry("ACDT", of(42)),
          Map.entry("AEST", of(40)),
          Map.entry("AEDT", of(44)),
          Map.entry("NZST", of(48)),
          Map.entry("NZDT", of(52)),
          Map.entry("NST", of(-14)),
          Map.entry("NDT", of(-10)),
          Map.entry("AST", of(-16)),
          Map.entry("ADT", of(-12)),
          Map.entry("EST", of(-20)),
          Map.entry("EDT", of(-16)),
          Map.entry("CDT", of(-20, -16)),
          Map.entry("MST", of(-28)),
          Map.entry("MDT", of(-24)),
          Map.entry("PST", of(-32, 32)),
          Map.entry("PDT", of(-28)),
          Map.entry("AKST", of(-36)),
          Map.entry("AKDT", of(-32)),
          Map.entry("HST", of(-40)),
          // America or China; Cuba
          Map.entry("CST", ambiguous(-24, 32, -20)),
          // India, Israel or Ireland
          Map.entry("IST", ambiguous(22, 8, 4)));

  private final boolean certain;
  private final boolean word;
  private final int[] quarters;

  private ZoneAbbreviation(boolean certain, boolean word, int[] quarters) {
    this.certain = certain;
    this.word = word;
    this.quarters = quarters;
  }

  private static ZoneAbbreviation of(int... quarters) {
    return new ZoneAbbreviation(true, false, quarters);
  }

  /** What is a word as well, and may be the first of a message. */
  private static ZoneAbbreviation word(int... quarters) {
    return new ZoneAbbreviation(true, true, quarters);
  }

  /** None is known better than the others. */
  private static ZoneAbbreviation ambiguous(int... quarters) {
    return new ZoneAbbreviation(false, false, quarters);
  }

  /** Behind the capitals that begin here, if they may be such a name; else -1. */
  static int end(byte[] s, int from, int to) {
    int end = from;
    while (end < to && s[end] >= 'A' && s[end] <= 'Z') {
      end++;
    }
    int length = end - from;
    return length >= SHORTEST && length <= LONGEST && isLast(s[end - 1]) ? end : -1;
  }

  /** Whether one of the names ends with it: none that is a level does. */
  private static boolean isLast(byte b) {
    return b == 'T' || b == 'C' || b == 'K' || b == 'B' || b == 'A';
  }

  /** The zone these capitals name, or null. */
  static @Nullable ZoneAbbreviation named(byte[] s, int from, int to) {
    return KNOWN.get(new String(s, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** Whether it is an ordinary word, too. */
  boolean isWord() {
    return word;
  }

  /**
   * Seconds east of UTC, or {@link #NONE} if that cannot be told.
   *
   * @param local those of the zone of the source at that time
   */
  int offset(int local) {
    for (int each : quarters) {
      if (each * QUARTER == local) {
        return local;
      }
    }
    return certain ? quarters[0] * QUARTER : NONE;
  }
}
