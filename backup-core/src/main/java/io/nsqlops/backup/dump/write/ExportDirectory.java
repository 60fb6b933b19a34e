package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory an export goes to. A file has its name only when it is whole; an export that fails
 * leaves nothing. Thread-safe.
 */
public final class ExportDirectory {
  static final String UNFINISHED = ".partial";

  private final Path directory;
  private final boolean made;
  private final Compression compression;
  private final boolean confidential;
  private final List<Path> files = new ArrayList<>();
  private boolean discarded;
  private long bytes;
  private long finished;

  private ExportDirectory(
      Path directory, boolean made, Compression compression, boolean confidential) {
    this.directory = directory;
    this.made = made;
    this.compression = compression;
    this.confidential = confidential;
  }

  /**
   * Takes a directory for one export and makes it if there is none.
   *
   * @param confidential whether only this user may read the files
   * @throws OpsException USAGE if anything is in it
   */
  public static ExportDirectory take(
      Path directory, Compression compression, boolean confidential) {
    try {
      boolean missing = Files.notExists(directory);
      Files.createDirectories(directory);
      try (Stream<Path> inside = Files.list(directory)) {
        if (inside.findAny().isPresent()) {
          throw new OpsException(
              ErrorKind.USAGE,
              directory.toString(),
              "the directory " + directory + " is not empty",
              "name an empty or a new one, so that no file of another export gets between");
        }
      }
      return new ExportDirectory(directory, missing, compression, confidential);
    } catch (IOException e) {
      throw FileProblems.writing(directory, e);
    }
  }

  /** A new file; its name is given without the suffix of the compression. */
  public ExportFile file(String name) {
    return open(name, compression);
  }

  /** A new file that is never compressed. */
  public ExportFile plainFile(String name) {
    return open(name, Compression.NONE);
  }

  private synchronized ExportFile open(String name, Compression how) {
    Path file = directory.resolve(name + how.suffix());
    if (discarded) {
      throw new OpsException(
          ErrorKind.INTERRUPTED, file.toString(), "the export was given up", "run it again");
    }
    files.add(file);
    return ExportFile.open(this, file, how, confidential);
  }

  /** Gives a whole file its name. */
  synchronized void finish(Path temporary, Path file) throws IOException {
    if (discarded) {
      throw new IOException("the export was given up");
    }
    bytes += Files.size(temporary);
    finished++;
    Files.move(temporary, file);
  }

  /** How many files are whole. */
  public synchronized long finished() {
    return finished;
  }

  /** Their bytes on the disk. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Removes all that was written: the export failed. */
  public synchronized void discard() {
    discarded = true;
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
        Files.deleteIfExists(ExportFile.temporary(file));
      }
      if (made) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      // what is left has no metadata file, so no tool takes it for a whole dump
    }
  }
}
