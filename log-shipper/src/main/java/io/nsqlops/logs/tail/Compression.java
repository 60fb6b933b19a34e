package io.nsqlops.logs.tail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a rotated file was compressed, by the end of its name; or by how its content begins. */
public enum Compression {
  NONE("", true, ""),
  GZIP(".gz", true, "\u001f\u008b\b"),
  ZSTD(".zst", true, "(\u00b5/\u00fd"),
  BZIP2(".bz2", false, "BZh"),
  XZ(".xz", false, "\u00fd7zXZ\0"),
  LZ4(".lz4", false, "\u0004\"M\u0018"),
  COMPRESS(".Z", false, "\u001f\u009d");

  /** What text may begin with, too; then the size of a block, and the digits of π. */
  private static final Pattern BZIP2_BLOCK = Pattern.compile("BZh[1-9]1AY&SY");

  private static final int LONGEST = 10;

  private final String suffix;
  private final boolean readable;

  /** The first bytes of the content, a character for each. */
  private final String magic;

  Compression(String suffix, boolean readable, String magic) {
    this.suffix = suffix;
    this.readable = readable;
    this.magic = magic;
  }

  String suffix() {
    return suffix;
  }

  /** Whether it can be read here. */
  boolean isReadable() {
    return readable;
  }

  static Compression of(String name) {
    for (Compression compression : values()) {
      if (compression != NONE && name.endsWith(compression.suffix)) {
        return compression;
      }
    }
    return NONE;
  }

  /** What content that begins so was compressed by; empty if it was not, as far as is known. */
  static Optional<Compression> ofContent(byte[] head) {
    int length = Math.min(LONGEST, head.length);
    String begin = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(c -> c != NONE && c.begins(begin)).findFirst();
  }

  private boolean begins(String content) {
    return this == BZIP2 ? BZIP2_BLOCK.matcher(content).lookingAt() : content.startsWith(magic);
  }
}
