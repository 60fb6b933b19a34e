package io.nsqlops.logs.sink.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, of all threads of all processes, as long as it is not closed. The locked file says
 * nothing but that; it stays.
 */
final class Exclusion implements Closeable {
  /** File locks are held by processes: threads of one need something of their own. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;
  private final boolean thread;

  private Exclusion(FileChannel channel, boolean thread) {
    this.channel = channel;
    this.thread = thread;
  }

  /** Waits for its turn. To be held for moments only: by this, threads wait for each other. */
  static Exclusion await(Path file) throws IOException {
    THREADS.lock();
    boolean held = false;
    try {
      FileChannel channel = open(file);
      try {
        FileLock lock = channel.lock();
        held = lock.isValid();
        return new Exclusion(channel, true);
      } finally {
        if (!held) {
          channel.close();
        }
      }
    } finally {
      if (!held) {
        THREADS.unlock();
      }
    }
  }

  /** Takes its turn if nobody else has it. */
  static Optional<Exclusion> attempt(Path file) throws IOException {
    FileChannel channel = open(file);
    boolean held = false;
    try {
      held = channel.tryLock() != null;
      return held ? Optional.of(new Exclusion(channel, false)) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    boolean fresh = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (fresh) {
      Ownership.asOfDirectory(file);
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (thread) {
        THREADS.unlock();
      }
    }
  }
}
