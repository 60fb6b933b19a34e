package io.nsqlops.backup.plan;

/**
 * How a table is read.
 *
 * @param targetShift log2 of the mean chunk size
 * @param parts into how many ranges it is cut for parallel reading
 */
public record TableSplit(int targetShift, int parts) {
  private static final long MIB = 1 << 20;
  private static final int SMALLEST_SHIFT = 21;
  private static final int LARGEST_SHIFT = 23;
  private static final long FIRST_STEP = 16 * 1024 * MIB;
  private static final long SMALLEST_PART = 64 * MIB;
  private static final int PARTS_PER_THREAD = 3;
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
}
