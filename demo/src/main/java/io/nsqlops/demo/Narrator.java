package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Tells the story. Plain ASCII, because a terminal may not show more. */
final class Narrator {
  private static final int WIDTH = 79;
  private static final int WRAP = 60;
  private static final String RULE = "-".repeat(WIDTH);

  private final PrintStream out;
  private final long start = System.nanoTime();
  private volatile boolean silent;

  Narrator(PrintStream out) {
    this.out = new PrintStream(new Ending(out), true, StandardCharsets.UTF_8);
  }

  /** Says no more: what commands and servers say that are broken off means nothing. */
  void fallSilent() {
    silent = true;
  }

  /** Lets nothing through once the story has been broken off. */
  private final class Ending extends FilterOutputStream {
    Ending(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      if (!silent) {
        out.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!silent) {
        out.write(bytes, offset, length);
      }
    }
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
    String line = "#";
    for (String word : text.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        out.println(line);
        line = "#";
      }
      line += " " + word;
    }
    out.println(line);
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
    StringBuilder line = new StringBuilder("$ nsql-ops");
    for (String argument : arguments) {
      // A value stays with its option.
      if (argument.startsWith("--") && line.length() + argument.length() > WRAP) {
        out.println(line + " \\");
        line = new StringBuilder("   ");
      }
      line.append(' ').append(argument);
    }
    out.println(line);
    out.flush();
  }
}
