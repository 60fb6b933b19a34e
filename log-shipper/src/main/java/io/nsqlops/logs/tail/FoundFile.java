package io.nsqlops.logs.tail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file a scan came across.
 *
 * @param path real path, symbolic links resolved
 * @param source number of the source whose pattern it matched
 * @param name what its name says about rotation
 * @param link the last symbolic link on the way to it, or to the file it was rotated from; null if
 *     there is none
 */
record FoundFile(Path path, int source, RotationName name, FileStat stat, @Nullable Path link) {
  Compression compression() {
    return name.compression();
  }

  /** The path the file has, had or will have while it is written. */
  Path livePath() {
    return path.resolveSibling(name.live());
  }
}
