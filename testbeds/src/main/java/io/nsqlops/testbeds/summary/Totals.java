package io.nsqlops.testbeds.summary;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of test cases.
 *
 * @param skipReasons how many tests were skipped for each reason
 */
record Totals(int passed, int failed, Map<String, Integer> skipReasons) {
  static final Totals NONE = new Totals(0, 0, Map.of());

  Totals {
    skipReasons = Map.copyOf(skipReasons);
  }

  int skipped() {
    return skipReasons.values().stream().mapToInt(Integer::intValue).sum();
  }

  int all() {
    return passed + failed + skipped();
  }

  Totals plus(Totals other) {
    Map<String, Integer> reasons = new TreeMap<>(skipReasons);
    other.skipReasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    return new Totals(passed + other.passed, failed + other.failed, reasons);
  }
}
