package io.nsqlops.logs.parse;

/**
 * What a program in Go prints when it crashes: a line that tells why, and the stacks of its
 * goroutines. It comes from Go itself, past the program's logger.
 */
public final class GoCrash {
  private static final byte[][] CAUSES = {Ascii.bytes("panic: "), Ascii.bytes("fatal error: ")};
  private static final byte[] STACK = Ascii.bytes("goroutine ");

  private GoCrash() {}

  /** Whether the text has a line that tells the cause, and behind it one that begins a stack. */
  public static boolean is(byte[] text, int from, int to) {
    boolean cause = false;
    int line = from;
    while (line < to) {
      int end = Ascii.lineEnd(text, line, to);
      cause |= isCause(text, line, end);
      if (cause && beginsStack(text, line, end)) {
        return true;
      }
      line = end + 1;
    }
    return false;
  }

  private static boolean isCause(byte[] text, int from, int to) {
    return Ascii.startsWith(text, from, to, CAUSES[0])
        || Ascii.startsWith(text, from, to, CAUSES[1]);
  }

  /** {@code goroutine 17 [running]:}, with more in the brackets at times. */
  private static boolean beginsStack(byte[] text, int from, int to) {
    int number = from + STACK.length;
    if (!Ascii.startsWith(text, from, to, STACK)) {
      return false;
    }
    int end = Digits.end(text, number, to);
    return end > number && end + 1 < to && text[end] == ' ';
  }
}
