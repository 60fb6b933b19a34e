package io.nsqlops.logs.tail;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists directories, and knows those whose files cannot be seen: what is in them is not shipped,
 * which must not go unnoticed. Each is told once, as long as it stays so.
 */
final class Listing {
  private static final Logger log = LoggerFactory.getLogger(Listing.class);

  private final Standing closed = new Standing();

  /** A new look at everything begins. */
  void begin() {
    closed.begin();
  }

  /** The look is over. */
  void end() {
    closed.end();
  }

  /** Directories whose files could not be seen in the last look. */
  int closed() {
    return closed.count();
  }

  /** The entries of a directory; none if it cannot be read, it may be gone at any moment. */
  List<Path> of(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      failed(directory, e);
    }
    return entries;
  }

  /** Whether there is a directory; one behind a directory that may not be entered is not seen. */
  boolean isDirectory(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (AccessDeniedException e) {
      Path parent = path.getParent();
      failed(parent == null ? path : parent, e);
      return false;
    } catch (IOException e) {
      // gone, or a link that leads nowhere
      return false;
    }
  }

  /** Something in the directory could not be looked at. */
  void failed(Path directory, Exception e) {
    boolean denied =
        e instanceof AccessDeniedException || e.getCause() instanceof AccessDeniedException;
    if (denied) {
      closed.add(directory);
    }
    if (denied && closed.tell(directory)) {
      log.warn(
          "{} cannot be looked into, what is in it is not shipped: give this user the right to read"
              + " and enter it ({})",
          directory,
          e.toString());
    } else {
      log.debug("cannot list {}: {}", directory, e.toString());
    }
  }
}
