package io.nsqlops.cli.output;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures one phase: how much is done, how fast it went lately, and how long the rest may take.
 * The total is a server's guess, so nothing is promised once it is passed. Not thread-safe.
 */
final class ProgressMeter {
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();
  private static final long SETTLED = Duration.ofSeconds(2).toNanos();

  private record Sample(long nanos, long bytes, long work) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private String phase = "";
  private long total;
  private long bytes;

  /** As {@link #bytes}, but what is done counts as much as the total held for it. */
  private long work;

  private long rows;
  private long began;

  /**
   * One look at the meter.
   *
   * @param total guessed bytes, 0 if unknown
   * @param work how much of the total is done
   * @param perSecond bytes, over the last ten seconds
   * @param left null if it cannot be told
   */
  record Reading(
      String phase,
      long total,
      long work,
      long bytes,
      long rows,
      long perSecond,
      @Nullable Duration left) {
    /** Hundredths done, if the guess still holds. */
    Optional<Integer> percent() {
      return total > 0 && work <= total
          ? Optional.of((int) (100.0 * work / total))
          : Optional.empty();
    }
  }

  void begin(String name, long totalBytes, long nanos) {
    phase = name;
    total = totalBytes;
    bytes = 0;
    work = 0;
    rows = 0;
    began = nanos;
    samples.clear();
    samples.add(new Sample(nanos, 0, 0));
  }

  void add(long moreRows, long moreBytes) {
    rows += moreRows;
    bytes += moreBytes;
    work += moreBytes;
  }

  /** A part is done: from now on it counts as much as the total held for it. */
  void settle(long guessed, long actual) {
    work += guessed - actual;
  }

  Reading read(long nanos) {
    samples.addLast(new Sample(nanos, bytes, work));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
      samples.removeFirst();
    }
    Sample from = samples.getFirst();
    long elapsed = Math.max(1, nanos - from.nanos());
    long perSecond = (long) ((bytes - from.bytes()) * 1e9 / elapsed);
    long pace = (long) ((work - from.work()) * 1e9 / elapsed);
    boolean tellable = work <= total && pace > 0 && nanos - began >= SETTLED;
    Duration left = tellable ? Duration.ofSeconds((total - work) / pace) : null;
    return new Reading(phase, total, work, bytes, rows, perSecond, left);
  }
}
