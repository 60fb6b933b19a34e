package io.nsqlops.backup.dump.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One statement of a script, with all that stands around it. */
public final class Statement {
  private final byte[] raw;
  private final int from;
  private final int to;
  private final long line;

  /**
   * Out of a script.
   *
   * @param raw every byte since the statement before, the delimiter included
   * @param from where the statement begins in {@code raw}: behind comments, empty lines and
   *     commands of the client
   * @param to where it ends; equal to {@code from} if there is none: two delimiters in a row, or
   *     the end of a script
   * @param line where it begins, from 1
   */
  Statement(byte[] raw, int from, int to, long line) {
    this.raw = raw;
    this.from = from;
    this.to = to;
    this.line = line;
  }

  /** A copy of all its bytes. */
  public byte[] raw() {
    return raw.clone();
  }

  public long length() {
    return raw.length;
  }

  /** Of the script, from 1. */
  public long line() {
    return line;
  }

  /** What a server gets. */
  public byte[] sql() {
    return Arrays.copyOfRange(raw, from, to);
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** What stood before it: comments mostly. */
  public String lead() {
    return new String(raw, 0, from, StandardCharsets.ISO_8859_1);
  }

  /** Its beginning without comments, in Latin-1 text; conditional comments count as code. */
  public String head() {
    String text =
        new String(raw, from, Math.min(to - from, 2000), StandardCharsets.ISO_8859_1).strip();
    while (true) {
      String before = text;
      text = text.replaceFirst("^/\\*M?!\\d*\\s*", "").strip();
      text = text.replaceFirst("(?s)^/\\*(?!M?!).*?\\*/", "").strip();
      text = text.replaceFirst("^(?:--\\s|--$|#)[^\\n]*(?:\\n|$)", "").strip();
      if (text.equals(before)) {
        return text;
      }
    }
  }

  /** Its first word in upper case. */
  public String verb() {
    String[] words = head().split("[^A-Za-z]", 2);
    return words[0].toUpperCase(Locale.ROOT);
  }
}
