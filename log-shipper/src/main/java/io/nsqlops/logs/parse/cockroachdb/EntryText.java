package io.nsqlops.logs.parse.cockroachdb;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.parse.Ascii;
import java.util.Arrays;

/**
 * Puts an entry of version 2 together from its physical lines: {@code +} continues on a new line,
 * {@code |} continues the same line, {@code !} is a line of the stack trace.
 */
final class EntryText {
  private static final byte[] MARK_END_AND_BEGIN = {
    (byte) 0xe2, (byte) 0x80, (byte) 0xba, (byte) 0xe2, (byte) 0x80, (byte) 0xb9
  };
  private static final int MARK = 3;

  private final CrdbHeader line = new CrdbHeader();
  private byte[] text = new byte[1024];
  private int size;
  private byte[] stack = new byte[0];
  private int stackSize;

  void join(byte[] s, CrdbHeader first, int from, int to) {
    size = 0;
    stackSize = 0;
    int end = Ascii.lineEnd(s, from, to);
    // An entry whose beginning is not there begins with the line that is.
    int how = first.continuation() == '+' ? '|' : first.continuation();
    add(s, how, first.payload(), end);
    while (end < to) {
      int start = end + 1;
      end = Ascii.lineEnd(s, start, to);
      if (line.read(s, start, end) && !line.begins()) {
        add(s, line.continuation(), line.payload(), end);
      } else {
        add(s, '+', start, end);
      }
    }
  }

  private void add(byte[] s, int continuation, int from, int to) {
    switch (continuation) {
      case '!' -> {
        stack = room(stack, stackSize, to - from + 1);
        if (stackSize > 0) {
          stack[stackSize++] = '\n';
        }
        System.arraycopy(s, from, stack, stackSize, to - from);
        stackSize += to - from;
      }
      case '|' -> {
        append(s, dropMarks(s, from, to), to);
      }
      case '+' -> {
        text = room(text, size, 1);
        text[size++] = '\n';
        append(s, from, to);
      }
      default -> append(s, from, to);
    }
  }

  /** A mark that spans the break was closed before it and opened again after it. */
  private int dropMarks(byte[] s, int from, int to) {
    boolean closed =
        size >= MARK && Arrays.equals(text, size - MARK, size, MARK_END_AND_BEGIN, 0, MARK);
    boolean opened =
        to - from >= MARK
            && Arrays.equals(s, from, from + MARK, MARK_END_AND_BEGIN, MARK, 2 * MARK);
    if (closed && opened) {
      size -= MARK;
      return from + MARK;
    }
    return from;
  }

  private void append(byte[] s, int from, int to) {
    text = room(text, size, to - from);
    System.arraycopy(s, from, text, size, to - from);
    size += to - from;
  }

  private static byte[] room(byte[] bytes, int used, int more) {
    return bytes.length - used >= more
        ? bytes
        : Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
  }

  byte[] bytes() {
    return text;
  }

  int size() {
    return size;
  }

  /** Writes the stack trace, if there was one. */
  void stack(EcsDocument document) {
    if (stackSize > 0) {
      document.text(EcsField.STACK_TRACE, stack, 0, stackSize);
    }
  }
}
