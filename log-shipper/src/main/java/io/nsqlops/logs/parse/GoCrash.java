package io.nsqlops.logs.parse;

/**
 * What a program in Go prints when it crashes: a line that tells why, and mostly stacks. It comes
 * from Go itself, past the program's logger.
 */
public final class GoCrash {
  private static final byte[] PANIC = Ascii.bytes("panic: ");
  private static final byte[] FATAL = Ascii.bytes("fatal error: ");

  /** What Go prints in front of a fatal error at times. */
  private static final byte[][] PREAMBLES = {
    Ascii.bytes("runtime: "), Ascii.bytes("unexpected fault address ")
  };

  private static final byte[] STACK = Ascii.bytes("goroutine ");
  private static final byte[][] DETAILS = {
    Ascii.bytes("[signal SIG"), Ascii.bytes("runtime stack:")
  };
  private static final byte[] SIGNAL = Ascii.bytes("SIG");
  private static final byte[] COUNTER = Ascii.bytes("PC=0x");

  private GoCrash() {}

  /**
   * Whether an event without a header is a crash: it begins with the cause of one, or there is a
   * cause in it with what only a crash has behind it.
   */
  public static boolean is(byte[] text, int from, int to) {
    return beginsWithCause(text, from, to) || hasProof(text, from, to);
  }

  /** Without stacks there may be nothing but the cause: {@code GOTRACEBACK=none}. */
  private static boolean beginsWithCause(byte[] text, int from, int to) {
    int line = from;
    int end = Ascii.lineEnd(text, line, to);
    while (end < to && startsWithAny(text, line, end, PREAMBLES)) {
      line = end + 1;
      end = Ascii.lineEnd(text, line, to);
    }
    return isCause(text, line, end) && !closesSection(text, line, to);
  }

  /**
   * Whether a bracket is closed that was not opened: then it is the rest of a line with a header,
   * whose message was printed with the ends of lines in it.
   */
  private static boolean closesSection(byte[] text, int from, int to) {
    int open = 0;
    for (int i = from; i < to && open >= 0; i++) {
      open += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
    }
    return open < 0;
  }

  private static boolean hasProof(byte[] text, int from, int to) {
    boolean cause = false;
    boolean signal = false;
    int line = from;
    while (line < to) {
      int end = Ascii.lineEnd(text, line, to);
      boolean counter = signal && Ascii.startsWith(text, line, end, COUNTER);
      if (counter || (cause && isProof(text, line, end))) {
        return true;
      }
      cause |= isCause(text, line, end);
      signal = isSignal(text, line, end);
      line = end + 1;
    }
    return false;
  }

  private static boolean isCause(byte[] text, int from, int to) {
    return Ascii.startsWith(text, from, to, PANIC) || Ascii.startsWith(text, from, to, FATAL);
  }

  private static boolean isProof(byte[] text, int from, int to) {
    return startsWithAny(text, from, to, DETAILS) || beginsStack(text, from, to);
  }

  /** {@code SIGQUIT: quit}, which the program counter stands behind. */
  private static boolean isSignal(byte[] text, int from, int to) {
    int name = Ascii.indexOf(text, from, to, ':');
    if (name < 0 || !Ascii.startsWith(text, from, name, SIGNAL)) {
      return false;
    }
    int at = from;
    while (at < name && text[at] >= 'A' && text[at] <= 'Z') {
      at++;
    }
    return at == name;
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

  private static boolean startsWithAny(byte[] text, int from, int to, byte[][] prefixes) {
    for (byte[] prefix : prefixes) {
      if (Ascii.startsWith(text, from, to, prefix)) {
        return true;
      }
    }
    return false;
  }
}
