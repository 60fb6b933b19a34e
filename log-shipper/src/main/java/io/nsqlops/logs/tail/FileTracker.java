package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Knows every generation of every file, and decides which of them a file found on disk is.
 *
 * <p>Used by the reading thread alone.
 */
public final class FileTracker {
  private static final Logger log = LoggerFactory.getLogger(FileTracker.class);
  private static final long REMEMBERED = TimeUnit.HOURS.toNanos(1);

  private final Discovery discovery;
  private final Generations generations;
  private final Clock wallClock;
  private final Twins twins = new Twins();
  private final KnownFiles known = new KnownFiles();
  private final UnreadableFiles unreadable = new UnreadableFiles();
  private final int mostOpen;

  private int openFiles;
  private boolean postponed;

  /** Files of which it was told that their end was written over. */
  private final Set<Path> writtenOver = new HashSet<>();

  /** Files that held other content before, as far as this run has seen it. */
  private final Set<FileKey> truncated = new HashSet<>();

  /**
   * @param host name of this machine, part of the identity of files without unique lines
   * @param mostOpen how many files may be open before new ones have to wait
   */
  public FileTracker(Discovery discovery, String host, Clock wallClock, int mostOpen) {
    this.mostOpen = mostOpen;
    this.discovery = discovery;
    this.generations = new Generations(host);
    this.wallClock = wallClock;
  }

  /** Takes in what a checkpoint remembers. */
  public void restore(Collection<FileRecord> records) {
    records.forEach(record -> known.add(new TrackedFile(record)));
  }

  /** All generations known. */
  public List<TrackedFile> files() {
    return known.all();
  }

  /** The generations with the same live path as this one, itself included. */
  public List<TrackedFile> related(TrackedFile file) {
    return known.related(file.livePath());
  }

  /** Whether files had to wait because too many are open. */
  public boolean isCrowded() {
    return postponed;
  }

  /** Files that are not watched because there are too many. */
  public int unwatched() {
    return discovery.unwatched();
  }

  /** Files that were found, and cannot be read; directories with files that cannot be found. */
  public int unreadable() {
    return unreadable.count() + discovery.unreadable();
  }

  public Optional<TrackedFile> byGeneration(long generation) {
    return known.byGeneration(generation);
  }

  /**
   * Gives a file its identity, when its first line is there.
   *
   * <p>What a truncated file holds next may begin with the same line, in the same inode, long after
   * the generation before was forgotten. Only the time tells them apart.
   *
   * @return whether it had none before
   */
  public boolean identify(TrackedFile file) {
    OpenFile open = file.open();
    if (file.isIdentified() || open == null) {
      return false;
    }
    boolean unique = discovery.source(file.source()).uniqueLines();
    long salt = !unique && followsTruncation(file) ? wallClock.millis() : 0;
    long id;
    do {
      id = generations.identity(file.key(), file.livePath(), open.head(), unique, salt++);
    } while (!known.claim(id, file));
    file.identify(id);
    return true;
  }

  private boolean followsTruncation(TrackedFile file) {
    return truncated.stream().anyMatch(file.key()::mayBe);
  }

  private void endByTruncation(TrackedFile file, long now) {
    truncated.add(file.key());
    file.lost(Presence.TRUNCATED, now);
  }

  private static boolean isAsLongAsRead(TrackedFile file) {
    OpenFile open = file.open();
    try {
      return open != null && open.size() >= file.position();
    } catch (IOException e) {
      return false;
    }
  }

  /** The file was truncated: its generation ends, what was not read may be in a copy. */
  public void truncated(TrackedFile file, long now) {
    if (isAsLongAsRead(file)) {
      if (goesOn(file, now)) {
        return;
      }
      log.warn(
          "{} was written over where it had been read, or truncated and filled again: it is read from"
              + " its beginning, what it kept is stored a second time",
          file.path());
    } else {
      log.info("{} was truncated", file.path());
    }
    file.close();
    endByTruncation(file, now);
  }

  /**
   * Goes on, as another generation, with the first line that was written over, if what is before it
   * is as it was.
   */
  private boolean goesOn(TrackedFile file, long now) {
    OpenFile open = file.open();
    try {
      long from =
          open == null || !file.matchesHead() ? -1 : open.firstLineWrittenOver(file.position());
      FoundFile found = file.found(FileStat.of(file.path()));
      if (from < 0 || !found.stat().key().equals(file.key())) {
        return false;
      }
      TrackedFile next = new TrackedFile(found, file, from);
      if (!open(next, found)) {
        return false;
      }
      known.add(next);
      truncated.add(file.key());
      file.writtenOver(now);
      tellWrittenOver(file.path(), from);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void tellWrittenOver(Path path, long from) {
    log.atLevel(writtenOver.add(path) ? Level.WARN : Level.DEBUG)
        .log(
            "{} was written over from offset {} on, where it had been read: it is read again from there",
            path,
            from);
  }

  /**
   * Looks for files and opens what is new.
   *
   * @param now nanoseconds on a monotonic clock
   * @return generations forgotten because nothing was seen of them for long
   */
  public List<TrackedFile> scan(long now) {
    checkTruncations(now);
    openFiles = (int) files().stream().filter(TrackedFile::isOpen).count();
    postponed = false;
    unreadable.begin();
    List<FoundFile> found = discovery.scan();
    Set<TrackedFile> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<FoundFile> unknown = new ArrayList<>();
    Map<Long, List<TrackedFile>> byInode = new HashMap<>();
    files().forEach(f -> byInode.computeIfAbsent(f.key().inode(), i -> new ArrayList<>(1)).add(f));
    for (FoundFile candidate : found) {
      Optional<TrackedFile> same =
          byInode.getOrDefault(candidate.stat().key().inode(), List.of()).stream()
              .filter(file -> isSame(file, candidate, now))
              .findFirst();
      same.ifPresentOrElse(seen::add, () -> unknown.add(candidate));
    }
    known.index();
    unknown.forEach(candidate -> place(candidate, seen, now));
    twins.forgetUnless(unknown);
    unreadable.end();
    // Where not all files are looked at, one that was not seen may be there all the same.
    boolean all = discovery.unwatched() == 0;
    files().stream()
        .filter(f -> !seen.contains(f) && (all || !Files.exists(f.path())))
        .forEach(f -> gone(f, now));
    return forget(now);
  }

  private static void gone(TrackedFile file, long now) {
    if (file.isParkedAtEnd() && !file.isFinished()) {
      file.finish();
    }
    if (file.presence() == Presence.UNKNOWN && isThere(file)) {
      // It is there all the same: the configuration no longer names it.
      file.lost(Presence.UNWATCHED, now);
    }
    if (file.presence() == Presence.UNWATCHED) {
      return;
    }
    file.lost(Presence.GONE, now);
  }

  private static boolean isThere(TrackedFile file) {
    try {
      return FileStat.of(file.path()).key().mayBe(file.key());
    } catch (IOException e) {
      return false;
    }
  }

  private void checkTruncations(long now) {
    for (TrackedFile file : List.copyOf(files())) {
      OpenFile open = file.open();
      try {
        if (open != null && (open.size() < file.position() || !file.matchesHead())) {
          truncated(file, now);
        }
      } catch (IOException e) {
        log.warn("cannot read {}: {}", file.path(), e.toString());
      }
    }
  }

  /** Whether the found file is this generation under the same inode; opens it if need be. */
  private boolean isSame(TrackedFile file, FoundFile found, long now) {
    if (!file.key().mayBe(found.stat().key()) || file.isReplaced()) {
      return false;
    }
    if (file.open() != null || file.isParkedAs(found)) {
      file.seen(found);
      return true;
    }
    boolean plain = found.compression() == Compression.NONE;
    if (plain && found.stat().size() < file.position()) {
      endByTruncation(file, now);
      return false;
    }
    boolean unchanged = !plain || found.stat().size() == file.position();
    if (file.isFinished() && unchanged && file.presence() == Presence.SEEN) {
      file.seen(found);
      return true;
    }
    return isSameContent(file, found, file.isFinished() && unchanged, now);
  }

  private boolean isSameContent(TrackedFile file, FoundFile found, boolean complete, long now) {
    try {
      byte[] head = OpenFile.head(found.path(), found.compression());
      boolean empty = file.position() == 0 && file.prefix().length() == 0;
      if (!empty && !holds(file, found, head)) {
        endByTruncation(file, now);
        return false;
      }
      if (complete) {
        file.seen(found);
        return true;
      }
      if (openFiles >= mostOpen) {
        postponed = true;
        return true;
      }
      return open(file, found);
    } catch (IOException e) {
      unreadable.add(found, e);
      return true;
    }
  }

  private static boolean holds(TrackedFile file, FoundFile found, byte[] head) throws IOException {
    return file.prefix().matches(head, head.length)
        && (found.compression() != Compression.NONE || file.endsAsRemembered(found.path()));
  }

  private void place(FoundFile found, Set<TrackedFile> seen, long now) {
    List<TrackedFile> related = known.related(found.livePath());
    if (related.isEmpty() && openFiles >= mostOpen) {
      postponed = true;
      return;
    }
    try {
      byte[] head = OpenFile.head(found.path(), found.compression());
      Twins.Verdict verdict = twins.judge(found, head, related, seen, now);
      switch (verdict.kind()) {
        case WAIT -> {}
        case NEW -> {
          TrackedFile file = new TrackedFile(found);
          if (open(file, found)) {
            known.add(file);
            seen.add(file);
          }
        }
        case CONTINUES -> {
          if (open(verdict.file(), found)) {
            log.info("{} goes on in {}", verdict.file(), found.path());
            seen.add(verdict.file());
          }
        }
        case COMPLETE -> {
          verdict.file().seen(found);
          seen.add(verdict.file());
        }
      }
    } catch (IOException e) {
      unreadable.add(found, e);
    }
  }

  /** Opens a file, unless its path leads elsewhere by now. */
  private boolean open(TrackedFile file, FoundFile found) throws IOException {
    OpenFile open = OpenFile.open(found.path(), found.compression(), file.position());
    if (!FileStat.of(found.path()).key().mayBe(found.stat().key())) {
      open.close();
      return false;
    }
    file.open(open, found);
    openFiles++;
    return true;
  }

  private List<TrackedFile> forget(long now) {
    List<TrackedFile> forgotten = new ArrayList<>();
    for (TrackedFile file : files()) {
      boolean lost = file.open() == null && file.presence() != Presence.SEEN;
      boolean replaced = file.isWrittenOver() && file.isFinished() && file.isAcknowledged();
      if (replaced || (lost && now - file.lostSince() > REMEMBERED)) {
        forgotten.add(file);
      }
    }
    known.forget(forgotten);
    return forgotten;
  }
}
