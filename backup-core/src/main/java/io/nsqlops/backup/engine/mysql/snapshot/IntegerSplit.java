package io.nsqlops.backup.engine.mysql.snapshot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a range of integers into parts with about the same number of rows. Begins with parts of the
 * same width and, where the server's estimates say that rows are not spread evenly, searches on by
 * halves.
 */
final class IntegerSplit {
  /** A part may be off by this share of what it should be. */
  private static final double TOLERANCE = 0.25;

  private final Estimate estimate;

  IntegerSplit(Estimate estimate) {
    this.estimate = estimate;
  }

  /** What the server's index says of a range. */
  interface Estimate {
    /** How many rows there are about above {@code low} up to {@code high}; -1 if unknown. */
    long rows(BigInteger low, BigInteger high);
  }

  /** At most {@code parts - 1} keys between these two, in order, each once. */
  List<BigInteger> keys(BigInteger min, BigInteger max, int parts) {
    List<BigInteger> keys = new ArrayList<>();
    split(min.subtract(BigInteger.ONE), max, parts, keys);
    return keys;
  }

  private void split(BigInteger low, BigInteger high, int parts, List<BigInteger> keys) {
    if (parts < 2 || high.subtract(low).compareTo(BigInteger.TWO) < 0) {
      return;
    }
    int left = parts / 2;
    BigInteger middle = middle(low, high, left, parts);
    split(low, middle, left, keys);
    keys.add(middle);
    split(middle, high, parts - left, keys);
  }

  /** The key up to which {@code left} of {@code parts} equal parts reach; never an end. */
  private BigInteger middle(BigInteger low, BigInteger high, int left, int parts) {
    BigInteger from = low;
    BigInteger to = high;
    BigInteger middle =
        inside(
            low.add(
                high.subtract(low)
                    .multiply(BigInteger.valueOf(left))
                    .divide(BigInteger.valueOf(parts))),
            from,
            to);
    double wanted = (double) left / parts;
    double tolerance = TOLERANCE / parts;
    while (true) {
      double share = share(low, middle, high);
      if (share < 0 || Math.abs(share - wanted) <= tolerance) {
        return middle;
      }
      if (share < wanted) {
        from = middle;
      } else {
        to = middle;
      }
      if (to.subtract(from).compareTo(BigInteger.TWO) < 0) {
        return middle;
      }
      middle = inside(from.add(to).shiftRight(1), from, to);
    }
  }

  private static BigInteger inside(BigInteger key, BigInteger from, BigInteger to) {
    return key.max(from.add(BigInteger.ONE)).min(to.subtract(BigInteger.ONE));
  }

  /** Which share of the rows is below. Both sides are asked for: estimates of one are capped. */
  private double share(BigInteger low, BigInteger middle, BigInteger high) {
    long below = estimate.rows(low, middle);
    long above = estimate.rows(middle, high);
    return below < 0 || above < 0 || below + above == 0
        ? -1
        : (double) below / ((double) below + above);
  }
}
