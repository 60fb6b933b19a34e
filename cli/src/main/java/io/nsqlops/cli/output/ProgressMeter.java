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

  private record Sample(long nanos, long bytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private String phase = "";
  private long total;
  private long bytes;
  private long rows;
  private long began;

  /**
   * One look at the meter.
   *
   * @param total guessed bytes, 0 if unknown
   * @param perSecond bytes, over the last ten seconds
   * @param left null if it cannot be told
   */
  record Reading(
      String phase, long total, long bytes, long rows, long perSecond, @Nullable Duration left) {
    /** Hundredths done, if the guess still holds. */
    Optional<Integer> percent() {
      return total > 0 && bytes <= total
          ? Optional.of((int) (100.0 * bytes / total))
          : Optional.empty();
    }
  }

  void begin(String name, long totalBytes, long nanos) {
    phase = name;
    total = totalBytes;
    bytes = 0;
    rows = 0;
    began = nanos;
    samples.clear();
    samples.add(new Sample(nanos, 0));
  }

  void add(long moreRows, long moreBytes) {
    rows += moreRows;
    bytes += moreBytes;
  }

  Reading read(long nanos) {
    samples.addLast(new Sample(nanos, bytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
      samples.removeFirst();
    }
    Sample from = samples.getFirst();
    long elapsed = Math.max(1, nanos - from.nanos());
    long perSecond = (long) ((bytes - from.bytes()) * 1e9 / elapsed);
    boolean tellable = bytes <= total && perSecond > 0 && nanos - began >= SETTLED;
    Duration left = tellable ? Duration.ofSeconds((total - bytes) / perSecond) : null;
    return new Reading(phase, total, bytes, rows, perSecond, left);
  }
}
