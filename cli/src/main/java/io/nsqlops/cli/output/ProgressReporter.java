package io.nsqlops.cli.output;

import io.nsqlops.backup.flow.Progress;
import io.nsqlops.cli.output.ProgressMeter.Reading;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells on stderr how a flow gets on: a line that is drawn over and over on a terminal, a line
 * every ten seconds elsewhere, nothing if quiet. Warnings are always told.
 */
public final class ProgressReporter implements Progress, AutoCloseable {
  private static final int WIDTH = 79;
  private static final int BAR = 20;

  /** How to tell. */
  public enum Style {
    BAR(200),
    LINES(10_000),
    QUIET(0);

    private final int everyMillis;

    Style(int everyMillis) {
      this.everyMillis = everyMillis;
    }
  }

  private final PrintStream err;
  private final Style style;
  private final ProgressMeter meter = new ProgressMeter();
  private boolean begun;
  private boolean drawn;
  private boolean closed;

  private ProgressReporter(PrintStream err, Style style) {
    this.err = VisibleStream.of(err);
    this.style = style;
  }

  /** Begins to report, in a thread of its own. */
  public static ProgressReporter start(PrintStream err, Style style) {
    ProgressReporter reporter = new ProgressReporter(err, style);
    if (style != Style.QUIET) {
      Thread thread = new Thread(reporter::tick, "progress");
      thread.setDaemon(true);
      thread.start();
    }
    return reporter;
  }

  @Override
  public synchronized void phase(String name, long totalBytes) {
    meter.begin(name, totalBytes, System.nanoTime());
    begun = true;
    if (style == Style.BAR) {
      draw();
    }
  }

  @Override
  public synchronized void advanced(long rows, long bytes) {
    meter.add(rows, bytes);
  }

  @Override
  public synchronized void settled(long guessed, long actual) {
    meter.settle(guessed, actual);
  }

  @Override
  public synchronized void warning(String message) {
    wipe();
    err.println("WARNING: " + message);
  }

  private synchronized void tick() {
    try {
      while (!closed) {
        wait(style.everyMillis);
        if (!closed && begun) {
          draw();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw() {
    Reading reading = meter.read(System.nanoTime());
    if (style == Style.LINES) {
      err.println(line(reading));
      return;
    }
    wipe();
    String line = bar(reading);
    err.print(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
    err.flush();
    drawn = true;
  }

  private void wipe() {
    if (drawn) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      drawn = false;
    }
  }

  private static String bar(Reading reading) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s ", reading.phase()));
    reading
        .percent()
        .ifPresent(
            percent -> {
              int full = BAR * percent / 100;
              line.append('[').append("#".repeat(full)).append(" ".repeat(BAR - full)).append("] ");
              line.append(String.format(Locale.ROOT, "%3d %% ", percent));
            });
    return line.append(amount(reading)).toString();
  }

  private static String line(Reading reading) {
    Optional<Integer> percent = reading.percent();
    String done = percent.map(p -> p + " % of about " + Units.bytes(reading.total())).orElse("");
    String amount = amount(reading);
    return reading.phase() + ": " + (done.isEmpty() ? amount : done + ", " + amount);
  }

  private static String amount(Reading reading) {
    if (reading.bytes() == 0) {
      return reading.total() > 0 ? Units.bytes(0) : "…";
    }
    String rate = Units.bytes(reading.bytes()) + "  " + Units.bytes(reading.perSecond()) + "/s";
    return reading.left() == null ? rate : rate + "  ETA " + Units.clock(reading.left());
  }

  @Override
  public synchronized void close() {
    closed = true;
    wipe();
    notifyAll();
  }
}
