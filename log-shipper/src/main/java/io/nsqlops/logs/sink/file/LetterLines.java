package io.nsqlops.logs.sink.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a file up to an offset, one after the other, each with its offset. */
final class LetterLines implements Closeable {
  private static final int CHUNK = 64 * 1024;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int filled;
  private long left;
  private long position;
  private long start;
  private byte[] line = new byte[0];
  private boolean terminated;

  LetterLines(Path file, long end) throws IOException {
    this.in = Files.newInputStream(file);
    this.left = end;
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    start = position;
    terminated = false;
    while (!terminated && (at < filled || fill())) {
      int newline = at;
      while (newline < filled && chunk[newline] != '\n') {
        newline++;
      }
      text.write(chunk, at, newline - at);
      terminated = newline < filled;
      int next = terminated ? newline + 1 : newline;
      position += next - at;
      at = next;
    }
    line = text.toByteArray();
    return position > start;
  }

  private boolean fill() throws IOException {
    filled = (int) Math.min(left, CHUNK);
    filled = in.readNBytes(chunk, 0, filled);
    left -= filled;
    at = 0;
    return filled > 0;
  }

  /** Offset of the line's first byte. */
  long start() {
    return start;
  }

  /** The line without its end. */
  byte[] line() {
    return line;
  }

  /** Whether it has an end: the last line has none if a process was killed while writing it. */
  boolean isTerminated() {
    return terminated;
  }

  /** The line with its end, if it has one. */
  byte[] whole() {
    byte[] whole = Arrays.copyOf(line, line.length + (terminated ? 1 : 0));
    if (terminated) {
      whole[line.length] = '\n';
    }
    return whole;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
