package io.nsqlops.logs.tail;

/**
 * What a file name says about rotation: {@code 0.log.20260102-030405.gz} is a rotated, compressed
 * {@code 0.log}; so are {@code app.log.1}, {@code app.log-20260102} and {@code
 * tidb-2026-01-02T03-04-05.678.log}.
 *
 * @param live the name the file had, or will have again, while it is written
 */
record RotationName(String live, boolean rotated, Compression compression) {
  private static final int TIMESTAMP_DIGITS = 8;
  private static final int COUNTER_DIGITS = 6;

  static RotationName of(String name) {
    Compression compression = Compression.of(name);
    String plain = name.substring(0, name.length() - compression.suffix().length());
    int end = withoutNumber(plain);
    if (end > 0) {
      return new RotationName(plain.substring(0, end), true, compression);
    }
    int dot = plain.lastIndexOf('.');
    int stem = dot > 0 ? withoutTimestamp(plain.substring(0, dot)) : -1;
    if (stem > 0) {
      return new RotationName(plain.substring(0, stem) + plain.substring(dot), true, compression);
    }
    return new RotationName(plain, compression != Compression.NONE, compression);
  }

  /**
   * Orders names with the same live name by age, oldest first: the live file is youngest, higher
   * numbers are older, later times younger.
   */
  static int compareAge(String a, String b) {
    String ageA = age(a);
    String ageB = age(b);
    if (ageA.isEmpty() || ageB.isEmpty()) {
      return Boolean.compare(ageA.isEmpty(), ageB.isEmpty());
    }
    boolean counted = ageA.length() <= COUNTER_DIGITS && ageB.length() <= COUNTER_DIGITS;
    return counted
        ? Integer.compare(Integer.parseInt(ageB), Integer.parseInt(ageA))
        : ageA.compareTo(ageB);
  }

  /** The digits that rotation added to the name. */
  private static String age(String name) {
    RotationName rotation = of(name);
    String live = rotation.live();
    int common = 0;
    while (common < live.length() && live.charAt(common) == name.charAt(common)) {
      common++;
    }
    String added = rotation.rotated() ? name.substring(common) : "";
    return added.replaceAll("[^0-9]", "");
  }

  /** Whether the file is being written by somebody who will rename it. */
  static boolean isTemporary(String name) {
    return name.endsWith(".tmp") || name.endsWith(".swp") || name.endsWith("~");
  }

  /** Where {@code .1}, {@code .20260102-030405}, or {@code -20260102} after an extension begins. */
  private static int withoutNumber(String name) {
    int start = numberStart(name);
    boolean separated =
        start > 0 && (name.charAt(start) == '.' || name.lastIndexOf('.', start - 1) > 0);
    return separated ? start : -1;
  }

  private static int withoutTimestamp(String stem) {
    int start = numberStart(stem);
    if (start <= 0) {
      return -1;
    }
    long digits = stem.substring(start).chars().filter(c -> c >= '0' && c <= '9').count();
    return digits >= TIMESTAMP_DIGITS ? start : -1;
  }

  /** Start of the longest end made of a separator, a digit, and characters of timestamps. */
  private static int numberStart(String name) {
    int i = name.length();
    int best = -1;
    while (i > 0 && isTimestampPart(name.charAt(i - 1))) {
      i--;
      char c = name.charAt(i);
      boolean separator = c == '.' || c == '-' || c == '_';
      if (separator && i + 1 < name.length() && Character.isDigit(name.charAt(i + 1))) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isTimestampPart(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':' || c == 'T';
  }
}
