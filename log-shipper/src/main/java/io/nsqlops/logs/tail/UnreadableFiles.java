package io.nsqlops.logs.tail;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a scan found and could not read. Each scan tries them again; each is told once, as
 * long as it stays so.
 */
final class UnreadableFiles {
  private static final Logger log = LoggerFactory.getLogger(UnreadableFiles.class);

  private final Standing files = new Standing();

  /** A scan begins. */
  void begin() {
    files.begin();
  }

  /** The scan is over. */
  void end() {
    files.end();
  }

  /** How many the last scan could not read. */
  int count() {
    return files.count();
  }

  /** One could not be read. */
  void add(FoundFile found, IOException e) {
    if (e instanceof NoSuchFileException) {
      return; // renamed or compressed since it was listed: the next scan finds its new name
    }
    Path path = found.path();
    files.add(path);
    // What a compressor is at work on has no end yet, at the first look.
    boolean unfinished = e instanceof EOFException && found.compression() != Compression.NONE;
    if ((!unfinished || files.wasThere(path)) && files.tell(path)) {
      tell(path, e);
    }
  }

  private static void tell(Path path, IOException e) {
    if (e instanceof UnreadableCompression) {
      log.warn("{} {}", path, e.getMessage());
    } else {
      log.warn("cannot read {}: {}", path, e.toString());
    }
  }
}
