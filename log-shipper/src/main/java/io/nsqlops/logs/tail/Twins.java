package io.nsqlops.logs.tail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file with an unknown inode is new, or the compressed or copied content of a known
 * generation.
 */
final class Twins {
  private static final long COPY_PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final int SAMPLE = 4096;

  private final Map<Path, Waiting> waiting = new HashMap<>();

  /** What a file is. */
  enum Kind {
    /** Content not seen before. */
    NEW,
    /** A known generation goes on in it, at its position. */
    CONTINUES,
    /** A known generation, read to its end. */
    COMPLETE,
    /** A second form of content that is being read, or nothing yet: look again later. */
    WAIT
  }

  record Verdict(Kind kind, @Nullable TrackedFile known) {
    TrackedFile file() {
      if (known == null) {
        throw new IllegalStateException(kind + " is about no known file");
      }
      return known;
    }
  }

  private record Waiting(long size, long since) {}

  /**
   * Judges a file.
   *
   * @param files the generations with the same live path
   */
  Verdict judge(
      FoundFile found, byte[] head, List<TrackedFile> files, Set<TrackedFile> seen, long now)
      throws IOException {
    boolean plain = found.compression() == Compression.NONE;
    boolean live = plain && !found.name().rotated();
    if (head.length == 0) {
      return new Verdict(live ? Kind.NEW : Kind.WAIT, null);
    }
    TrackedFile lost = null;
    TrackedFile done = null;
    TrackedFile current = null;
    for (TrackedFile file : files) {
      if (!file.matchesHead()) {
        // Truncated just now: the next scan knows, and this may be the copy.
        return new Verdict(Kind.WAIT, null);
      }
      if (file.isWrittenOver() || !file.prefix().matches(head, head.length)) {
        continue;
      }
      if (live) {
        if (isRenumbered(file, found)) {
          lost = file;
        }
      } else if (file.open() != null || seen.contains(file)) {
        current = isCopy(file, found) ? file : current;
      } else if (!plain || found.stat().size() >= file.position()) {
        done = file.isFinished() ? preferred(done, file, found) : done;
        lost = file.isFinished() ? lost : preferred(lost, file, found);
      }
    }
    return verdict(lost, done, current, found, now);
  }

  private Verdict verdict(
      @Nullable TrackedFile lost,
      @Nullable TrackedFile done,
      @Nullable TrackedFile current,
      FoundFile found,
      long now)
      throws IOException {
    if (lost != null) {
      return new Verdict(Kind.CONTINUES, lost);
    }
    if (done != null) {
      return new Verdict(isComplete(done, found) ? Kind.COMPLETE : Kind.CONTINUES, done);
    }
    if (current != null && (found.compression() != Compression.NONE || patient(found, now))) {
      return new Verdict(Kind.WAIT, null);
    }
    return new Verdict(Kind.NEW, null);
  }

  /** The device may be called otherwise since the last boot; inode and birth stay. */
  private static boolean isRenumbered(TrackedFile file, FoundFile found) {
    return file.open() == null
        && file.presence() == Presence.UNKNOWN
        && file.path().equals(found.path())
        && file.key().sameInode(found.stat().key())
        && found.stat().size() >= file.position();
  }

  /** A compressed file is best matched with the file whose name it extends. */
  private static TrackedFile preferred(
      @Nullable TrackedFile best, TrackedFile other, FoundFile found) {
    String name = PathPattern.fileName(other.path()) + found.compression().suffix();
    boolean exact = name.equals(PathPattern.fileName(found.path()));
    return best == null || exact ? other : best;
  }

  /**
   * Whether a file holds the same as another that is still there. A compressed one is taken for it
   * by its first bytes; of a plain one the last bytes are compared too.
   */
  private static boolean isCopy(TrackedFile file, FoundFile found) throws IOException {
    OpenFile open = file.open();
    if (found.compression() != Compression.NONE || open == null) {
      return found.compression() != Compression.NONE;
    }
    long size = found.stat().size();
    if (open.size() < file.position()) {
      // Truncated just now, as above.
      return true;
    }
    if (size > open.size()) {
      return false;
    }
    int length = (int) Math.min(SAMPLE, size);
    byte[] ours = new byte[length];
    byte[] theirs = new byte[length];
    try (RandomAccessFile copy = new RandomAccessFile(found.path().toFile(), "r")) {
      copy.seek(size - length);
      copy.readFully(theirs);
    }
    return open.read(size - length, ours, 0, length) == length && Arrays.equals(ours, theirs);
  }

  /**
   * Whether the whole file was read before it was compressed or copied. A gzip file ends with the
   * length of its content, modulo 2³²; of others only reading tells.
   */
  private static boolean isComplete(TrackedFile file, FoundFile found) throws IOException {
    return switch (found.compression()) {
      case NONE -> found.stat().size() == file.position();
      case GZIP -> {
        try (RandomAccessFile gzip = new RandomAccessFile(found.path().toFile(), "r")) {
          gzip.seek(Math.max(0, gzip.length() - 4));
          yield Integer.reverseBytes(gzip.readInt()) == (int) file.position();
        }
      }
      default -> false;
    };
  }

  /** A copy is usually followed by a truncation; if not, it is a file of its own after all. */
  private boolean patient(FoundFile found, long now) {
    Waiting before = waiting.get(found.path());
    if (before == null || before.size() != found.stat().size()) {
      waiting.put(found.path(), new Waiting(found.stat().size(), now));
      return true;
    }
    return now - before.since() < COPY_PATIENCE;
  }

  /** Forgets files that are no longer unknown. */
  void forgetUnless(Collection<FoundFile> unknown) {
    if (!waiting.isEmpty()) {
      waiting.keySet().retainAll(unknown.stream().map(FoundFile::path).collect(Collectors.toSet()));
    }
  }
}
