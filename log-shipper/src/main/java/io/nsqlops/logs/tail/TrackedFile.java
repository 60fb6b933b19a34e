package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import io.nsqlops.logs.model.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a file: one content that only grows at its end, whatever names and inodes it
 * goes through. Truncation ends it; compression and renaming do not.
 *
 * <p>Used by the reading thread alone.
 */
public final class TrackedFile {
  /** Stands, in place of an offset, for the document that tells that the file was abandoned. */
  public static final long TELLING = -1;

  /** The same for the one that tells that no path leads to it any more. */
  public static final long MISSING = -2;

  private final Whereabouts where;
  private final Progress progress;
  private final LossNotices notices;
  private long generation;
  private boolean identified;
  private Prefix prefix;
  private String format;
  private long formatFrom;
  private boolean finished;

  /** Most bytes it was seen with; of compressed content nobody knows. */
  private long seenSize = -1;

  private long seenModified;
  private @Nullable OpenFile open;

  /** Its size and time of modification when it was closed to make room; null if it was not. */
  private @Nullable Parked parked;

  /** Whether the record changed since it was last taken. */
  private boolean dirty;

  private record Parked(long size, long modified) {}

  /** A generation nothing is known of yet. */
  TrackedFile(FoundFile found) {
    this(found, "", 0, 0);
  }

  /**
   * The generation that takes the place of another whose end was written over.
   *
   * @param from where the first line begins that was written over: what is before it is dealt with
   */
  TrackedFile(FoundFile found, TrackedFile before, long from) {
    this(found, before.format, before.formatFrom, from);
  }

  private TrackedFile(FoundFile found, String format, long formatFrom, long from) {
    where = new Whereabouts(found);
    progress = new Progress(from);
    notices = new LossNotices(false);
    prefix = new Prefix(0, 0);
    this.format = format;
    this.formatFrom = formatFrom;
  }

  /** A generation known from a checkpoint. */
  TrackedFile(FileRecord record) {
    where = new Whereabouts(record);
    progress = new Progress(record);
    notices = new LossNotices(record.missed());
    generation = record.generation();
    identified = true;
    prefix = record.prefix();
    format = record.format();
    formatFrom = record.formatFrom();
    finished = record.finished();
  }

  public FileRecord record() {
    // Not before all of it is acknowledged: a restart must read the rest again.
    boolean done =
        (finished || progress.isSettled()) && isAcknowledged() && !notices.isAbandonmentUnderway();
    return new FileRecord(
        generation,
        path().toString(),
        key(),
        prefix,
        progress.watermark(),
        progress.islands(),
        progress.cutsAhead(),
        done,
        format,
        formatFrom,
        notices.isMissed(),
        progress.suffix(open));
  }

  /**
   * Whether a plain file has at its place what the content is remembered to hold there.
   *
   * @throws IOException if it cannot be read
   */
  boolean endsAsRemembered(Path plain) throws IOException {
    return progress.endsAsRemembered(plain);
  }

  public int source() {
    return where.source();
  }

  public long generation() {
    return generation;
  }

  public boolean isIdentified() {
    return identified;
  }

  void identify(long id) {
    generation = id;
    identified = true;
    dirty = true;
  }

  public Path path() {
    return where.path();
  }

  /** The path this content has, had or will have while it is written. */
  public Path livePath() {
    return where.livePath();
  }

  /** The last symbolic link on the way to the live path, if a scan of this run found one. */
  public Optional<Path> link() {
    return Optional.ofNullable(where.link());
  }

  /** Orders the files of one live path: what was written first comes first. */
  public int compareAge(TrackedFile other) {
    return RotationName.compareAge(
        PathPattern.fileName(path()), PathPattern.fileName(other.path()));
  }

  FileKey key() {
    return where.key();
  }

  Prefix prefix() {
    return prefix;
  }

  public String format() {
    return format;
  }

  public long formatFrom() {
    return formatFrom;
  }

  /** Lines from this offset on are of this format. */
  public void detected(String name, long from) {
    format = name;
    formatFrom = from;
    dirty = true;
  }

  /** Offset of the next byte to read. */
  public long position() {
    return progress.position();
  }

  void moveTo(long newPosition) {
    dirty |= progress.moveTo(newPosition);
  }

  /**
   * Remembers that all there is was acknowledged, and nothing more is expected: should the file be
   * gone when the next shipper comes, nothing is missing. It stays open, and is read on if it
   * grows.
   */
  public void settle() {
    dirty |= progress.settle();
  }

  public boolean isFinished() {
    return finished;
  }

  /** Whether an acknowledged event begins at this offset: it was delivered before a restart. */
  public boolean isDelivered(long offset) {
    return progress.isDelivered(offset);
  }

  /** Whether everything read has been acknowledged. */
  public boolean isAcknowledged() {
    return progress.isAcknowledged();
  }

  public void acknowledge(long from, long to) {
    if (!notices.arrived(from)) {
      progress.acknowledge(from, to);
    }
    if (parked != null) {
      // Set aside while this was under way: it need not be read again.
      progress.catchUp();
    }
    dirty = true;
  }

  /** Remembers that an event was ended here by a time-out, not by the line that follows. */
  public void cut(long offset) {
    progress.cut(offset);
    dirty = true;
  }

  public boolean isCut(long offset) {
    return progress.isCut(offset);
  }

  /** Whether the record changed since this was last asked. */
  public boolean takeDirty() {
    boolean was = dirty && identified;
    dirty = dirty && !identified;
    return was;
  }

  @Nullable OpenFile open() {
    return open;
  }

  void open(OpenFile file, FoundFile found) {
    open = file;
    dirty |= progress.wantsSuffix();
    parked = null;
    finished = false;
    prefix = Prefix.of(file.head(), file.head().length);
    seen(found);
  }

  /**
   * Whether the open file still begins as it did; takes in what it begins with further.
   *
   * @throws IOException if it cannot be read
   */
  boolean matchesHead() throws IOException {
    if (open == null) {
      return true;
    }
    boolean same = open.matchesHead();
    if (same && open.head().length > prefix.length()) {
      prefix = Prefix.of(open.head(), open.head().length);
      dirty = true;
    }
    return same;
  }

  /** A scan found the content here. */
  void seen(FoundFile found) {
    dirty |= where.seen(found);
    dirty |= notices.found();
    seenModified = found.stat().modified();
    if (found.compression() == Compression.NONE) {
      seenSize = Math.max(seenSize, found.stat().size());
    }
  }

  /** Its file as a scan would find it. */
  FoundFile found(FileStat stat) {
    return where.found(stat);
  }

  /** A scan did not find it, or its file was truncated. */
  void lost(Presence how, long now) {
    where.lost(how, now);
  }

  /** Whether its file holds something else by now. */
  boolean isReplaced() {
    return where.isReplaced();
  }

  /** Its file is another generation's from now on, and all it held was read. */
  void writtenOver(long now) {
    close();
    lost(Presence.WRITTEN_OVER, now);
  }

  /** Whether its end was written over, so that no file and no copy can be it again. */
  public boolean isWrittenOver() {
    return presence() == Presence.WRITTEN_OVER;
  }

  /** When its file was last written to, in seconds since 1970; -1 if that cannot be told. */
  public long lastWritten() {
    try {
      return Files.getLastModifiedTime(path()).to(TimeUnit.SECONDS);
    } catch (IOException e) {
      return -1;
    }
  }

  public boolean isOpen() {
    return open != null;
  }

  /** Bytes that are there and not acknowledged; of a compressed file 0, as nobody knows. */
  public long behind() {
    try {
      return open == null || open.isCompressed()
          ? 0
          : Math.max(0, open.size() - progress.watermark());
    } catch (IOException e) {
      return 0;
    }
  }

  /** Bytes it is known to have held behind what was read; -1 if this run has not seen it. */
  public long unread() {
    return seenSize < 0 ? -1 : Math.max(0, seenSize - position());
  }

  /**
   * Whether no path leads to it any more, and its end was not reached; true once for each time it
   * is lost, restarts included.
   */
  public boolean takeMissing() {
    boolean gone = open == null && !finished && presence() == Presence.GONE;
    return gone && notices.takeMissing();
  }

  /** Whether there is nothing to read now: at the end, or no file known to hold the content. */
  public boolean isAtEnd() {
    try {
      return open == null ? !isReplaced() : open.isAtEnd();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether it can be taken as finished: read to its end, and nothing can be added any more.
   *
   * @param linger how long after its last path vanished somebody may still write
   * @param copyAppears how long after a truncation a copy may turn up
   */
  public boolean isOver(long now, long linger, long copyAppears) {
    if (finished) {
      return false;
    }
    if (open == null) {
      return isWrittenOver() || where.is(Presence.TRUNCATED, now, copyAppears);
    }
    boolean gone = where.is(Presence.GONE, now, linger);
    return isAtEnd() && (gone || open.isCompressed());
  }

  /** Whether it was rotated and all of it is acknowledged. */
  public boolean isRotatedAndDone() {
    return open != null
        && !open.isCompressed()
        && presence() == Presence.SEEN
        && where.isRotated()
        && isAcknowledged()
        && behind() == 0;
  }

  Presence presence() {
    return where.presence();
  }

  /** Whether what was in it can only be in a copy. */
  public boolean isTruncated() {
    return presence() == Presence.TRUNCATED;
  }

  /** Since when the content has not been seen. */
  long lostSince() {
    return where.lostSince();
  }

  /**
   * Closes the file until a scan finds it changed, if all of it was read: there are more files than
   * can be held open. What is written to it between its last look and its end would be missed.
   *
   * @return whether it was closed
   */
  public boolean park() {
    OpenFile file = open;
    if (file == null || file.isCompressed() || presence() != Presence.SEEN) {
      return false;
    }
    try {
      long size = file.size();
      if (!file.isAtEnd()) {
        return false;
      }
      parked = new Parked(size, seenModified);
    } catch (IOException e) {
      return false;
    }
    close();
    return true;
  }

  /**
   * Closes the file until a scan finds it changed, if there is nothing to read now, and goes back
   * to what is acknowledged: what was read behind that will be read again.
   *
   * @return whether it was closed
   */
  public boolean setAside() {
    // The rest of a rotated file's last line is in the next file, which is about to be read.
    boolean parkable = !where.isRotated() && park();
    if (parkable) {
      progress.goBack();
    }
    return parkable;
  }

  /** Whether it was closed to make room, and is found as it was then. */
  boolean isParkedAs(FoundFile found) {
    // Set aside and rotated since: the next file begins with the rest of its last line.
    boolean rest = parked != null && parked.size() > position() && !path().equals(found.path());
    return parked != null
        && !rest
        && parked.size() == found.stat().size()
        && parked.modified() == found.stat().modified();
  }

  /** Whether it was closed to make room when all of it had been read. */
  boolean isParkedAtEnd() {
    return parked != null && parked.size() == position();
  }

  /** Closes the file; the generation is still known. */
  public void close() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Only ever read from: nothing can be lost by this.
        open = null;
      }
      open = null;
    }
  }

  /** Its end was reached and it can grow no more. */
  public void finish() {
    close();
    finished = true;
    dirty = true;
  }

  /**
   * It ends here, whatever may have come behind what was read. That is remembered when {@link
   * #TELLING} is acknowledged.
   */
  public void abandon() {
    if (identified) {
      notices.abandon();
    }
    finish();
  }

  @Override
  public String toString() {
    return where + "@" + progress.position();
  }
}
