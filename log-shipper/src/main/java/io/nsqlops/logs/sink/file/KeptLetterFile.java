package io.nsqlops.logs.sink.file;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.KeptLetters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link DeadLetterFile} and takes letters out of it.
 *
 * <p>A letter that was dealt with is marked in its place, by one byte; what is marked is left out
 * when the file is written anew at the end. So each step is whole or not done, and a shipper may
 * append at any time.
 */
public final class KeptLetterFile implements KeptLetters {
  private static final byte DONE = '#';

  private final Path file;
  private final Clock clock;
  private final @Nullable Exclusion replay;
  private final @Nullable LetterLines lines;
  private long unreadable;
  private boolean marked;

  private KeptLetterFile(
      Path file, Clock clock, @Nullable Exclusion replay, @Nullable LetterLines lines) {
    this.file = file;
    this.clock = clock;
    this.replay = replay;
    this.lines = lines;
  }

  /**
   * Opens the file to look at it.
   *
   * @throws LogsException if it cannot be read; that there is none is no error
   */
  public static KeptLetterFile toRead(Path file) {
    return open(file, Clock.systemUTC(), null);
  }

  /**
   * Opens the file to send its letters again; one process at a time may.
   *
   * @throws LogsException of kind LOCKED if another does
   */
  public static KeptLetterFile toReplay(Path file, Clock clock) {
    if (!Files.exists(file)) {
      return new KeptLetterFile(file, clock, null, null);
    }
    try {
      Exclusion replay =
          Exclusion.attempt(file.resolveSibling("dead-letters.replay.lock"))
              .orElseThrow(() -> replaying(file));
      try {
        return open(file, clock, replay);
      } catch (LogsException e) {
        replay.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static LogsException replaying(Path file) {
    return new LogsException(
        ErrorKind.LOCKED,
        file.toString(),
        "these dead letters are being replayed already",
        "Wait until that has ended.");
  }

  private static KeptLetterFile open(Path file, Clock clock, @Nullable Exclusion replay) {
    try {
      LetterLines lines = Files.exists(file) ? new LetterLines(file, Files.size(file)) : null;
      return new KeptLetterFile(file, clock, replay, lines);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static LogsException unusable(Path file, IOException e) {
    return new LogsException(
        ErrorKind.USAGE,
        file.toString(),
        "the dead letters cannot be read: " + e,
        "Run this as the user the log shipper runs as.",
        e);
  }

  @Override
  public Optional<Kept> next() {
    try {
      while (lines != null && lines.next()) {
        byte[] line = lines.line();
        if (line.length > 0 && line[0] == DONE) {
          marked = true;
          continue;
        }
        Optional<Kept> letter = LetterText.read(line, lines.start());
        if (letter.isPresent()) {
          return letter;
        }
        // Without an end, it is being written, or its writer was killed: then it is no letter yet.
        unreadable += lines.isTerminated() && line.length > 0 ? 1 : 0;
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public long unreadable() {
    return unreadable;
  }

  @Override
  public void settle(List<Kept> sent, List<DeadLetter> refused) {
    if (!refused.isEmpty()) {
      try (DeadLetterFile again = new DeadLetterFile(file, clock)) {
        again.keep(refused);
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (Kept letter : sent) {
        marked |= channel.write(ByteBuffer.wrap(new byte[] {DONE}), letter.place()) == 1;
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot mark dead letters in " + file, e);
    }
  }

  @Override
  public void close() {
    Exclusion held = replay;
    LetterLines open = lines;
    try (held;
        open) {
      if (held != null && marked) {
        rewrite();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take dead letters out of " + file, e);
    }
  }

  /** Leaves out what is marked. Nobody appends meanwhile. */
  private void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Exclusion turn = Exclusion.await(DeadLetterFile.lockOf(file));
    try (turn) {
      boolean empty = copyUnmarked(fresh);
      if (empty) {
        Files.delete(fresh);
        Files.delete(file);
      } else {
        Ownership.asOfDirectory(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        try (FileChannel channel = FileChannel.open(directory)) {
          channel.force(true);
        }
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Whether nothing was left. */
  private boolean copyUnmarked(Path fresh) throws IOException {
    boolean empty = true;
    try (LetterLines all = new LetterLines(file, Files.size(file));
        FileChannel channel =
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      while (all.next()) {
        if (all.line().length > 0 && all.line()[0] != DONE) {
          out.write(all.whole());
          empty = false;
        }
      }
      channel.force(true);
    }
    return empty;
  }
}
