package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Tells the story. Plain ASCII, because a terminal may not show more. */
final class Narrator {
  private static final String RULE = "-".repeat(79);

  private final PrintStream out;
  private final long start = System.nanoTime();

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Where the real commands print to. */
  PrintStream stream() {
    return out;
  }

  /** The beginning of an act. */
  void act(String title) {
    String clock = Units.clock(Duration.ofNanos(System.nanoTime() - start));
    out.println();
    out.println(RULE);
    out.printf("%-70s %8s%n", title, clock);
    out.println(RULE);
    out.flush();
  }

  /** What happens next, and why. */
  void say(String text) {
    out.println();
    out.println("# " + text);
    out.flush();
  }

  /** A detail of what was said. */
  void detail(String text) {
    out.println("  " + text);
    out.flush();
  }

  /** A command, as one types it. */
  void command(List<String> arguments) {
    out.println();
    out.println("$ nsql-ops " + String.join(" ", arguments));
    out.flush();
  }
}
