package io.nsqlops.cli.output;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A stream to a terminal that prints whole lines as {@link VisibleText}. */
public final class VisibleStream extends PrintStream {
  private final PrintStream inner;

  /** The same stream; whatever is printed by other means than as a line goes through as it is. */
  public static VisibleStream of(PrintStream stream) {
    return stream instanceof VisibleStream visible ? visible : new VisibleStream(stream);
  }

  private VisibleStream(PrintStream inner) {
    super(inner, true);
    this.inner = inner;
  }

  @Override
  public void println(@Nullable String line) {
    inner.println(VisibleText.of(String.valueOf(line)));
  }

  /** Lines of stack traces, too, which begin with a tab. */
  @Override
  public void println(@Nullable Object line) {
    String text = String.valueOf(line);
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\t') {
      start++;
    }
    inner.println(text.substring(0, start) + VisibleText.of(text.substring(start)));
  }

  @Override
  public void print(@Nullable String text) {
    inner.print(text);
  }
}
