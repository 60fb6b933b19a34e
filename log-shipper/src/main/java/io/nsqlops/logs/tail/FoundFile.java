package io.nsqlops.logs.tail;

import java.nio.file.Path;

/**
 * A file a scan came across.
 *
 * @param path real path, symbolic links resolved
 * @param source number of the source whose pattern it matched
 * @param name what its name says about rotation
 */
record FoundFile(Path path, int source, RotationName name, FileStat stat) {
  Compression compression() {
    return name.compression();
  }

  /** The path the file has, had or will have while it is written. */
  Path livePath() {
    return path.resolveSibling(name.live());
  }
}
