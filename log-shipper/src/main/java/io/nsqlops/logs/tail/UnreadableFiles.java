package io.nsqlops.logs.tail;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a scan found and could not read. Each scan tries them again; each is told once, as
 * long as it stays so.
 */
final class UnreadableFiles {
  private static final Logger log = LoggerFactory.getLogger(UnreadableFiles.class);

  private final Set<Path> told = new HashSet<>();
  private Set<Path> before = new HashSet<>();
  private Set<Path> now = new HashSet<>();

  /** A scan begins. */
  void begin() {
    before = now;
    now = new HashSet<>();
  }

  /** The scan is over. */
  void end() {
    told.retainAll(now);
  }

  /** How many the last scan could not read. */
  int count() {
    return now.size();
  }

  /** One could not be read. */
  void add(FoundFile found, IOException e) {
    if (e instanceof NoSuchFileException) {
      return; // renamed or compressed since it was listed: the next scan finds its new name
    }
    Path path = found.path();
    now.add(path);
    // What a compressor is at work on has no end yet, at the first look.
    boolean unfinished = e instanceof EOFException && found.compression() != Compression.NONE;
    if ((!unfinished || before.contains(path)) && told.add(path)) {
      log.warn("cannot read {}: {}", path, e.toString());
    }
  }
}
