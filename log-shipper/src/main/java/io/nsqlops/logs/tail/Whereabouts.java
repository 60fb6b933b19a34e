package io.nsqlops.logs.tail;

import io.nsqlops.logs.model.FileKey;
import io.nsqlops.logs.model.FileRecord;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Under which names and in which file a content is, was last seen, or why it is nowhere. */
final class Whereabouts {
  private static final int NO_SOURCE = -1;

  private int source;
  private Path path;
  private Path livePath;
  private @Nullable Path link;
  private FileKey key;
  private Presence presence = Presence.UNKNOWN;
  private long since;

  Whereabouts(FoundFile found) {
    source = found.source();
    path = found.path();
    livePath = found.livePath();
    link = found.link();
    key = found.stat().key();
  }

  Whereabouts(FileRecord record) {
    source = NO_SOURCE;
    path = Path.of(record.path());
    livePath = path.resolveSibling(name(path).live());
    key = record.key();
  }

  /**
   * A scan found the content here.
   *
   * @return whether that is news for the checkpoint
   */
  boolean seen(FoundFile found) {
    boolean news = !path.equals(found.path()) || !key.equals(found.stat().key());
    path = found.path();
    livePath = found.livePath();
    key = found.stat().key();
    source = found.source();
    link = found.link() == null ? link : found.link();
    presence = Presence.SEEN;
    return news;
  }

  /** A scan did not find it, or its file was truncated. */
  void lost(Presence how, long now) {
    if (presence != how && !isReplaced()) {
      presence = how;
      since = now;
    }
  }

  int source() {
    return source;
  }

  Path path() {
    return path;
  }

  /** The path this content has, had or will have while it is written. */
  Path livePath() {
    return livePath;
  }

  /** The last symbolic link on the way to the live path; null if no scan of this run found one. */
  @Nullable Path link() {
    return link;
  }

  FileKey key() {
    return key;
  }

  Presence presence() {
    return presence;
  }

  /** Since when the content has not been seen. */
  long lostSince() {
    return since;
  }

  /** Whether it has been in this state for longer than this. */
  boolean is(Presence how, long now, long longerThan) {
    return presence == how && now - since > longerThan;
  }

  /** Whether its file holds something else by now. */
  boolean isReplaced() {
    return presence == Presence.TRUNCATED || presence == Presence.WRITTEN_OVER;
  }

  /** Whether its name is one that only rotated files have. */
  boolean isRotated() {
    return !path.equals(livePath);
  }

  /** Its file as a scan would find it. */
  FoundFile found(FileStat stat) {
    return new FoundFile(path, source, name(path), stat, link);
  }

  private static RotationName name(Path path) {
    return RotationName.of(PathPattern.fileName(path));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
