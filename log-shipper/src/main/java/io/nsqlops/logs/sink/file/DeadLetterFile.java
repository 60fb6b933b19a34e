package io.nsqlops.logs.sink.file;

import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * Dead letters as one JSON object a line, see {@link LetterText}. A line that begins with {@code #}
 * was one: a replay has dealt with it, and takes it out when it ends.
 *
 * <p>Shipper and replay write the same file; a lock file beside it gives them turns.
 */
public final class DeadLetterFile implements DeadLetters {
  /** Name of the file in the state directory. */
  public static final String NAME = "dead-letters.ndjson";

  private final Path file;
  private final Clock clock;

  public DeadLetterFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Held while the file is written or replaced. */
  static Path lockOf(Path file) {
    return file.resolveSibling("dead-letters.lock");
  }

  @Override
  public synchronized void keep(Iterable<DeadLetter> letters) {
    JsonBytes out = new JsonBytes(1024);
    letters.forEach(letter -> LetterText.write(letter, clock.instant(), out));
    try {
      Exclusion turn = Exclusion.await(lockOf(file));
      try (turn;
          FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE)) {
        append(channel, ByteBuffer.wrap(out.array(), 0, out.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep dead letters in " + file, e);
    }
  }

  private static void append(FileChannel channel, ByteBuffer letters) throws IOException {
    long end = endOfWhole(channel);
    try {
      for (long at = end; letters.hasRemaining(); ) {
        at += channel.write(letters, at);
      }
      channel.force(true);
    } catch (IOException e) {
      // No half letter stays behind for the next to be glued to.
      channel.truncate(end);
      throw e;
    }
  }

  /**
   * Where the next letter goes. A process that was killed while it wrote leaves a part of a letter:
   * its document was not acknowledged and is sent again, so that part is in nobody's way.
   */
  private static long endOfWhole(FileChannel channel) throws IOException {
    long end = channel.size();
    long start = end;
    ByteBuffer one = ByteBuffer.allocate(1);
    while (start > 0 && byteAt(channel, start - 1, one) != '\n') {
      start--;
    }
    if (start == end) {
      return end;
    }
    ByteBuffer last = ByteBuffer.allocate((int) (end - start));
    for (long at = start; last.hasRemaining() && at < end; ) {
      at += Math.max(0, channel.read(last, at));
    }
    if (LetterText.read(last.array(), start).isPresent()) {
      // Whole, but without an end: an editor did that.
      return end + channel.write(ByteBuffer.wrap(new byte[] {'\n'}), end);
    }
    channel.truncate(start);
    return start;
  }

  private static byte byteAt(FileChannel channel, long position, ByteBuffer one)
      throws IOException {
    one.clear();
    return channel.read(one, position) == 1 ? one.get(0) : (byte) '\n';
  }

  /** Nothing stays open between letters. */
  @Override
  public void close() {}
}
