package io.nsqlops.logs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that is held open, as it was called then. Whoever deletes it or puts another in its place
 * leaves us with one that nobody else sees.
 *
 * @param identity device and inode; those of a file held open are not given to another
 */
public record HeldFile(Path path, String identity) {

  /** The file that is at this path now. */
  public static HeldFile at(Path path) throws IOException {
    return new HeldFile(path, identityOf(path));
  }

  /**
   * Whether the path still leads to it.
   *
   * @throws IOException if that cannot be told
   */
  public boolean isInPlace() throws IOException {
    try {
      return identity.equals(identityOf(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String identityOf(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }
}
