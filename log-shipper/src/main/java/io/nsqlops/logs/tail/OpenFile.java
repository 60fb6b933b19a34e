package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.Prefix;
import io.nsqlops.logs.model.Suffix;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An open file with what is needed to notice that it is no longer the same content: its first
 * bytes, and the last bytes that were read.
 */
final class OpenFile implements Closeable {
  /** Most bytes before the position that are kept, and compared with each reading. */
  static final int ANCHOR = 2048;

  private static final long NOWHERE = -1;

  private final ByteSource source;
  private final Compression compression;
  private byte[] head;
  private final byte[] anchor = new byte[ANCHOR];
  private int anchorLength;
  private long seenEnd = -1;

  private OpenFile(ByteSource source, Compression compression, byte[] head) {
    this.source = source;
    this.compression = compression;
    this.head = head;
  }

  /** Opens a file to be read from a position on. */
  static OpenFile open(Path path, Compression compression, long position) throws IOException {
    ByteSource source =
        compression == Compression.NONE
            ? new PlainSource(path)
            : new CompressedSource(path, compression);
    try {
      OpenFile file = new OpenFile(source, compression, head(source));
      file.anchorLength = (int) Math.min(ANCHOR, position);
      file.anchorLength =
          source.read(position - file.anchorLength, file.anchor, 0, file.anchorLength);
      return file;
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * The first bytes of a file, at most {@link Prefix#LIMIT}.
   *
   * @throws UnreadableCompression if they are no text, and the name does not say so
   */
  static byte[] head(Path path, Compression compression) throws IOException {
    try (OpenFile file = open(path, compression, 0)) {
      Optional<Compression> hidden =
          compression == Compression.NONE ? Compression.ofContent(file.head) : Optional.empty();
      if (hidden.isPresent()) {
        throw new UnreadableCompression(hidden.get());
      }
      return file.head;
    }
  }

  private static byte[] head(ByteSource source) throws IOException {
    byte[] bytes = new byte[Prefix.LIMIT];
    return Arrays.copyOf(bytes, source.read(0, bytes, 0, bytes.length));
  }

  /** The first bytes as last looked at. */
  byte[] head() {
    return head;
  }

  boolean isCompressed() {
    return compression != Compression.NONE;
  }

  int anchorLength() {
    return anchorLength;
  }

  /** Whether the byte before the position ends a line, or there is none before it. */
  boolean atLineStart() {
    return anchorLength == 0 || anchor[anchorLength - 1] == '\n';
  }

  long size() throws IOException {
    return source.size();
  }

  /** What the content before an offset ends with; nothing is known of compressed content. */
  Suffix suffix(long end) throws IOException {
    return isCompressed() ? Suffix.NONE : suffix(source, end);
  }

  static Suffix suffix(ByteSource source, long end) throws IOException {
    byte[] bytes = new byte[(int) Math.min(Suffix.LIMIT, end)];
    int length = source.read(end - bytes.length, bytes, 0, bytes.length);
    return length < bytes.length ? Suffix.NONE : Suffix.of(bytes, length);
  }

  int read(long position, byte[] into, int offset, int length) throws IOException {
    return source.read(position, into, offset, length);
  }

  /** Whether there is nothing beyond what the last read has seen. */
  boolean isAtEnd() throws IOException {
    return compression == Compression.NONE ? source.size() == seenEnd : seenEnd >= 0;
  }

  /**
   * Where the first line begins that is not as it was read, among the last bytes before the
   * position; -1 if all are as they were, or no line before it is.
   */
  long firstLineWrittenOver(long position) throws IOException {
    byte[] now = new byte[anchorLength];
    long base = position - anchorLength;
    int n = source.read(base, now, 0, anchorLength);
    int differs = Arrays.mismatch(now, 0, n, anchor, 0, anchorLength);
    for (int at = differs - 1; at >= 0; at--) {
      if (anchor[at] == '\n') {
        return base + at + 1;
      }
    }
    return NOWHERE;
  }

  /** Whether these bytes, read from just before the position, are those read before. */
  boolean matchesAnchor(byte[] bytes, int length) {
    return length >= anchorLength && Arrays.equals(bytes, 0, anchorLength, anchor, 0, anchorLength);
  }

  /**
   * Whether the file still begins as it did. Takes in how it begins further, if it has grown while
   * its head was short.
   */
  boolean matchesHead() throws IOException {
    if (compression != Compression.NONE) {
      return true;
    }
    byte[] now = head.length < Prefix.LIMIT ? head(source) : new byte[Prefix.LIMIT];
    int length = head.length < Prefix.LIMIT ? now.length : source.read(0, now, 0, now.length);
    if (length < head.length || !Arrays.equals(now, 0, head.length, head, 0, head.length)) {
      return false;
    }
    if (length > head.length) {
      head = now;
    }
    return true;
  }

  /**
   * The position moved on to {@code at} in the buffer last read.
   *
   * @param end offset in the file up to which there was nothing more to read; -1 if there was
   */
  void advance(byte[] buffer, int at, long end) {
    anchorLength = Math.min(ANCHOR, at);
    System.arraycopy(buffer, at - anchorLength, anchor, 0, anchorLength);
    seenEnd = end;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
