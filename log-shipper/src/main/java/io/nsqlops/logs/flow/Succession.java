package io.nsqlops.logs.flow;

import io.nsqlops.logs.tail.FileTracker;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The order of the files one container writes after each other. A runtime may write a line's first
 * part, be rotated, and write the rest into the next file: so a file is begun when the one before
 * it was read to its end, and goes on with the partial lines found there.
 */
final class Succession {
  /** A runtime that was told to reopen its file has done so when a new file is there this long. */
  private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

  private final FileTracker tracker;
  private final FilePipelines pipelines;

  Succession(FileTracker tracker, FilePipelines pipelines) {
    this.tracker = tracker;
    this.pipelines = pipelines;
  }

  /** Whether a file of which this run read nothing yet must wait for the one before it. */
  boolean mustWait(TrackedFile file, long now) {
    if (!pipelines.isEnveloped(file)) {
      return false;
    }
    Optional<TrackedFile> found = before(file);
    if (found.isEmpty()) {
      return false;
    }
    TrackedFile before = found.get();
    if (!before.isAtEnd()) {
      return true;
    }
    FilePipeline ended = pipelines.of(before);
    if (!ended.hasPartial()) {
      return false;
    }
    if (now - ended.lastLine() < QUIET) {
      return true;
    }
    pipelines.of(file).inherit(ended);
    return false;
  }

  /** The youngest file older than this one, if it is open: one that is finished has ended all. */
  private Optional<TrackedFile> before(TrackedFile file) {
    return tracker.related(file).stream()
        .filter(other -> other != file)
        .filter(other -> other.compareAge(file) < 0)
        .max(TrackedFile::compareAge)
        .filter(TrackedFile::isOpen);
  }
}
