package io.nsqlops.logs.checkpoint;

import io.nsqlops.logs.model.FileRecord;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of all files, in one append-only file that is rewritten as a snapshot when it has
 * grown.
 *
 * <p>Nothing here ever stops the shipper: what cannot be read is skipped, what cannot be written is
 * written again as soon as it can. Either costs resends after a restart, which are recognised.
 */
public final class CheckpointLog implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(CheckpointLog.class);
  private static final long COMPACT_AT = 4L * 1024 * 1024;

  private final Path file;
  private final Map<Long, FileRecord> records = new LinkedHashMap<>();
  private @Nullable FileChannel channel;

  /** The file that is written to. */
  private @Nullable HeldFile held;

  private long written;
  private long compactAt = COMPACT_AT;
  private long failures;
  private boolean failing;
  private boolean left;
  private boolean unsynced;

  private CheckpointLog(Path file) {
    this.file = file;
  }

  /** Opens the checkpoints of a state directory; a missing or damaged file is no error. */
  public static CheckpointLog open(Path stateDirectory) {
    CheckpointLog checkpoints = new CheckpointLog(stateDirectory.resolve("checkpoints"));
    checkpoints.load();
    checkpoints.compact();
    return checkpoints;
  }

  private void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      int skipped = read(Files.readAllBytes(file), records);
      if (skipped > 0) {
        log.warn(
            "{}: skipped {} damaged bytes; lines may be sent again, mostly with the ids they have",
            file,
            skipped);
      }
    } catch (IOException e) {
      log.warn("{}: cannot be read ({}), starting without checkpoints", file, e.toString());
    }
  }

  /**
   * Reads the last record of each generation out of the bytes of a checkpoint file.
   *
   * @return how many bytes could not be read
   */
  static int read(byte[] bytes, Map<Long, FileRecord> into) {
    Journal.Content content = Journal.read(bytes);
    int skipped = content.skipped();
    for (byte[] payload : content.payloads()) {
      Optional<FileRecord> record = RecordCodec.decode(payload);
      record.ifPresent(r -> into.put(r.generation(), r));
      skipped += record.isEmpty() ? payload.length : 0;
    }
    return skipped;
  }

  /** What is remembered. */
  public Collection<FileRecord> records() {
    return List.copyOf(records.values());
  }

  /** Times writing failed so far. */
  public long failures() {
    return failures;
  }

  /** Appends changed records in one write: after a kill they are all there or the later are not. */
  public void append(Collection<FileRecord> changed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (FileRecord record : changed) {
      records.put(record.generation(), record);
      bytes.writeBytes(Journal.frame(RecordCodec.encode(record)));
    }
    FileChannel current = channel;
    if (current == null || written + bytes.size() > compactAt) {
      compact();
      return;
    }
    try {
      writeFully(current, bytes.toByteArray());
      written += bytes.size();
      unsynced = true;
    } catch (IOException e) {
      failed(e);
      closeChannel();
    }
  }

  /** Forgets generations, with the next snapshot also on disk. */
  public void forget(Collection<Long> generations) {
    records.keySet().removeAll(generations);
  }

  /** Makes what was written survive a power failure. */
  public void sync() {
    if (channel != null && !isInPlace()) {
      // Somebody deleted or replaced it, or the directory: what is written to it reaches nobody.
      failed(new NoSuchFileException(file.toString()));
      closeChannel();
    }
    FileChannel current = channel;
    if (current == null) {
      compact();
    } else if (unsynced) {
      try {
        current.force(false);
        unsynced = false;
      } catch (IOException e) {
        failed(e);
        // what a later force says of these pages is worth nothing: all is written anew next time
        closeChannel();
      }
    }
  }

  private boolean isInPlace() {
    try {
      return held != null && held.isInPlace();
    } catch (IOException e) {
      return false;
    }
  }

  /** Rewrites the file with the present records, and appends to the new one from now on. */
  private void compact() {
    closeChannel();
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      records.values().forEach(r -> bytes.writeBytes(Journal.frame(RecordCodec.encode(r))));
      FileChannel fresh =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      channel = fresh;
      writeFully(fresh, bytes.toByteArray());
      fresh.force(true);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      held = HeldFile.at(file);
      syncDirectory();
      written = bytes.size();
      compactAt = Math.max(COMPACT_AT, 2 * written);
      unsynced = false;
      worked();
    } catch (IOException e) {
      failed(e);
      closeChannel();
    }
  }

  private void syncDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      try (FileChannel d = FileChannel.open(directory, StandardOpenOption.READ)) {
        d.force(true);
      }
    }
  }

  private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void failed(IOException e) {
    failures++;
    if (!failing) {
      failing = true;
      log.warn(
          "{}: cannot be written ({}); shipping goes on, a restart sends again what is not written",
          file,
          e.toString());
    }
  }

  private void worked() {
    if (failing) {
      failing = false;
      log.warn("{}: can be written again", file);
    }
  }

  private void closeChannel() {
    FileChannel current = channel;
    channel = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        log.debug("{}: {}", file, e.toString());
      }
    }
  }

  /** Closes without writing: the file is somebody else's by now. */
  public void leave() {
    closeChannel();
    left = true;
  }

  /** Writes a snapshot and closes. */
  @Override
  public void close() {
    if (!left) {
      compact();
    }
    closeChannel();
  }
}
