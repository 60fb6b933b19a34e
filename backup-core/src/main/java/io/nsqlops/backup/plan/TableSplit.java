package io.nsqlops.backup.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How a table is read.
 *
 * @param targetShift log2 of the mean chunk size
 * @param parts into how many like parts it is cut to share it out
 */
public record TableSplit(int targetShift, int parts) {
  private static final long MIB = 1 << 20;
  private static final int SMALLEST_SHIFT = 21;
  private static final int LARGEST_SHIFT = 23;
  private static final long FIRST_STEP = 16 * 1024 * MIB;
  private static final long SMALLEST_PART = 32 * MIB;
  private static final int PARTS_PER_THREAD = 6;
  private static final int MOST_PARTS = 256;

  /**
   * Plans one table.
   *
   * @param bytes the server's guess of its size
   * @param totalBytes the same of all tables together
   * @param previousShift what the last backup used, 0 if there is none: kept until the guess is off
   *     by more than a step, because another size moves half of the cuts
   */
  public static TableSplit of(long bytes, long totalBytes, int threads, int previousShift) {
    int shift = SMALLEST_SHIFT;
    for (long step = FIRST_STEP; bytes > step && shift < LARGEST_SHIFT; step *= 4) {
      shift++;
    }
    if (previousShift > 0 && Math.abs(previousShift - shift) <= 1) {
      shift = Math.min(previousShift, LARGEST_SHIFT);
    }
    long part = Math.max(SMALLEST_PART, totalBytes / ((long) threads * PARTS_PER_THREAD));
    long parts = threads == 1 ? 1 : Math.min(MOST_PARTS, Math.max(1, bytes / part));
    return new TableSplit(shift, (int) parts);
  }

  /**
   * How many of {@code parts} neighbouring parts make up each range, in order. Each range has a
   * share of what is left, so that there are few of them, and small ones for the end, when threads
   * run out of work at different times ("guided self-scheduling").
   */
  public static List<Integer> shares(int parts, int threads) {
    List<Integer> shares = new ArrayList<>();
    for (int left = parts; left > 0; left -= shares.get(shares.size() - 1)) {
      shares.add(Math.max(1, 2 * left / (3 * threads)));
    }
    return shares;
  }
}
