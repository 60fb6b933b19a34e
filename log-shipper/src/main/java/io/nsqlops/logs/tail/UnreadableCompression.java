package io.nsqlops.logs.tail;

import java.io.IOException;
import java.util.Locale;

/**
 * A file is compressed in a way, or under a name, that it is not read in: as text it is garbage.
 */
final class UnreadableCompression extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableCompression(Compression by) {
    super(
        by.isReadable()
            ? "is compressed, and its name does not end with "
                + by.suffix()
                + ": it is not shipped; rename it so, or exclude it"
            : "is compressed by "
                + by.name().toLowerCase(Locale.ROOT)
                + ", which is not read: it is not shipped; have logs rotated with gzip or zstd, unpack"
                + " this one beside it, or exclude it");
  }
}
