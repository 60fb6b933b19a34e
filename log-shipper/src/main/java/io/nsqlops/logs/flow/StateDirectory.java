package io.nsqlops.logs.flow;

import io.nsqlops.logs.checkpoint.HeldFile;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one shipper, held by a lock: two shippers there would undo each other's work. A
 * lock is of a file: where that is deleted, or the directory, it keeps out nobody, and is to be
 * taken again.
 */
final class StateDirectory implements Closeable {
  private static final int PROBE_BYTES = 4096;

  private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);

  private final Path directory;
  private Lock lock;

  /** Whether it was told that the lock cannot be taken again. */
  private boolean told;

  /** A lock that is held. */
  private record Lock(FileChannel channel, HeldFile file) {}

  private StateDirectory(Path directory, Lock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  static StateDirectory lock(Path directory) {
    try {
      return new StateDirectory(directory, take(directory));
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static Lock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = lockFile(directory);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new LogsException(
            ErrorKind.LOCKED,
            directory.toString(),
            "another log shipper works with this state directory",
            "Stop it, or give this one a state-directory of its own.");
      }
      return new Lock(channel, HeldFile.at(file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Takes the lock again if somebody has deleted its file. Where that cannot be done now, the next
   * call tries again: what is shipped meanwhile is not wrong.
   *
   * @throws LogsException of kind LOCKED if another shipper has it by now
   */
  void keep() {
    try {
      if (lock.file().isInPlace()) {
        return;
      }
      Lock again = take(directory);
      lock.channel().close();
      lock = again;
      told = false;
      log.warn(
          "the lock of {}, or the directory, was deleted under a running log shipper: it is locked again",
          directory);
    } catch (IOException e) {
      if (!told) {
        told = true;
        log.error(
            "{} was deleted, and cannot be locked again: another log shipper could start there ({})",
            directory,
            e.toString());
      }
    }
  }

  private static Path lockFile(Path directory) {
    return directory.resolve("lock");
  }

  /**
   * Tries what a shipper will do there, beside a shipper too: writes and removes a file.
   *
   * @return bytes that are free
   */
  static long probe(Path directory) {
    try {
      Files.createDirectories(directory);
      Path file = Files.createTempFile(directory, "probe", "");
      try {
        Files.write(file, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(file);
      }
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static LogsException unusable(Path directory, IOException e) {
    return new LogsException(
        ErrorKind.USAGE,
        directory.toString(),
        "the state directory cannot be used: " + e,
        "Make logs.state-directory a directory this user may write.",
        e);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    lock.channel().close();
  }
}
