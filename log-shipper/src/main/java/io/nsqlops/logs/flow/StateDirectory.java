package io.nsqlops.logs.flow;

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

/**
 * The directory of one shipper, held by a lock: two shippers there would undo each other's work.
 */
final class StateDirectory implements Closeable {
  private static final int PROBE_BYTES = 4096;

  private final FileChannel channel;

  private StateDirectory(FileChannel channel) {
    this.channel = channel;
  }

  static StateDirectory lock(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new LogsException(
            ErrorKind.LOCKED,
            directory.toString(),
            "another log shipper works with this state directory",
            "Stop it, or give this one a state-directory of its own.");
      }
      return new StateDirectory(channel);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
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
    channel.close();
  }
}
