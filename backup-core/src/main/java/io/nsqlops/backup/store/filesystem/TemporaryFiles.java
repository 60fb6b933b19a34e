package io.nsqlops.backup.store.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The files being written, in a directory of the same tree whose name no object key can have. Old
 * ones belong to processes that were killed; the first write of every process removes them.
 */
final class TemporaryFiles {
  static final String DIRECTORY = "~tmp";

  /** Far longer than one object takes to write. */
  static final Duration ABANDONED = Duration.ofHours(6);

  private final Path root;
  private final Path directory;
  private final AtomicBoolean cleaned = new AtomicBoolean();

  TemporaryFiles(Path root) {
    this.root = root;
    this.directory = root.resolve(DIRECTORY);
  }

  /** A new durable file. The caller renames or deletes it. */
  Path write(byte[] content) throws IOException {
    Durable.createDirectories(root, directory);
    if (cleaned.compareAndSet(false, true)) {
      removeAbandoned(Instant.now().minus(ABANDONED));
    }
    Path file = newName();
    try {
      Durable.createFile(file, content);
      return file;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Whether this file system has links that refuse a taken name. */
  boolean supportLinks() throws IOException {
    Path file = write(new byte[0]);
    Path link = newName();
    try {
      Files.createLink(link, file);
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      return false;
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(file);
    }
  }

  private void removeAbandoned(Instant before) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException e) {
          // Another process was faster.
        }
      }
    }
  }

  private Path newName() {
    return directory.resolve(UUID.randomUUID().toString());
  }
}
