package io.nsqlops.logs.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives files to whom their directory belongs: when root looks after dead letters, the shipper,
 * which is somebody else, must be able to write them afterwards.
 */
final class Ownership {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  private Ownership() {}

  static void asOfDirectory(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      if (directory != null && !Files.getOwner(directory).equals(Files.getOwner(file))) {
        Files.setOwner(file, Files.getOwner(directory));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Only root may give files away, and only root needs to.
      log.debug("{} stays whose it is: {}", file, e.toString());
    }
  }
}
