package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.Suffix;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a generation's content ends with before an offset: its watermark, as it moves on. */
final class RememberedEnd {
  private Suffix suffix;
  private long offset;

  RememberedEnd(Suffix suffix, long offset) {
    this.suffix = suffix;
    this.offset = offset;
  }

  /** Whether nothing is known, as with records of earlier programs, or of compressed content. */
  boolean isUnknown() {
    return suffix.length() == 0;
  }

  /**
   * What is before this offset.
   *
   * @param open where it can be looked at; null if nowhere
   */
  Suffix before(long end, @Nullable OpenFile open) {
    if (offset != end || (isUnknown() && open != null)) {
      try {
        suffix = open == null ? Suffix.NONE : open.suffix(end);
      } catch (IOException e) {
        // Then there is less to tell this content from others by, as with records that have none.
        suffix = Suffix.NONE;
      }
      offset = end;
    }
    return suffix;
  }

  /**
   * Whether a plain file has at its place what is remembered.
   *
   * @throws IOException if it cannot be read
   */
  boolean isIn(Path plain) throws IOException {
    if (isUnknown()) {
      return true;
    }
    try (PlainSource source = new PlainSource(plain)) {
      return OpenFile.suffix(source, offset).equals(suffix);
    }
  }
}
