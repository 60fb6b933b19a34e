package io.nsqlops.logs.model;

/** The proleptic Gregorian calendar as arithmetic on longs; no objects. */
public final class CivilTime {
  /** {@code date_nanos} holds no earlier year. */
  private static final int FIRST_YEAR = 1970;

  /** 33 bits of seconds hold no later year in full; {@code date_nanos} would up to 2261. */
  private static final int LAST_YEAR = 2241;

  private static final int DAYS_OF_400_YEARS = 146_097;
  private static final int DAYS_TO_1970 = 719_468;
  private static final byte[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  // Divisions are dear where the quick compiler makes them: days are looked up.
  private static final int[] BEFORE_YEAR = new int[LAST_YEAR - FIRST_YEAR + 1];
  private static final int[] BEFORE_MONTH = new int[LENGTHS.length];

  static {
    for (int i = 1; i < BEFORE_YEAR.length; i++) {
      BEFORE_YEAR[i] = BEFORE_YEAR[i - 1] + (isLeap(FIRST_YEAR + i - 1) ? 366 : 365);
    }
    for (int i = 1; i < BEFORE_MONTH.length; i++) {
      BEFORE_MONTH[i] = BEFORE_MONTH[i - 1] + LENGTHS[i - 1];
    }
  }

  private CivilTime() {}

  /** Whether this is a date between 1970 and 2241. */
  public static boolean isDate(int year, int month, int day) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= LENGTHS[month - 1] || (month == 2 && day == 29 && isLeap(year));
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days since 1970-01-01 of what {@link #isDate} says is one. */
  public static long epochDay(int year, int month, int day) {
    int leapDay = month > 2 && isLeap(year) ? 1 : 0;
    return (long) BEFORE_YEAR[year - FIRST_YEAR] + BEFORE_MONTH[month - 1] + leapDay + day - 1;
  }

  /** Year, month and day of a day since 1970-01-01, as {@code year << 16 | month << 8 | day}. */
  static int ofEpochDay(int epochDay) {
    int z = epochDay + DAYS_TO_1970;
    int era = Math.floorDiv(z, DAYS_OF_400_YEARS);
    int dayOfEra = z - era * DAYS_OF_400_YEARS;
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_OF_400_YEARS - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shifted = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 16 | month << 8 | day;
  }
}
