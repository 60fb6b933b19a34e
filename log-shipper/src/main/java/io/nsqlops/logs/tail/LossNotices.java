package io.nsqlops.logs.tail;

/** What is told of a content that may not have been read to its end, each thing once. */
final class LossNotices {
  /** That it was abandoned is on its way, but not known to have arrived. */
  private boolean abandonmentUnderway;

  /** This run has told, or begun to tell, that no path leads to it any more. */
  private boolean missing;

  /** That this was told has arrived, in this run or in one before. */
  private boolean missed;

  LossNotices(boolean missed) {
    this.missed = missed;
  }

  /**
   * Takes in that a document arrived.
   *
   * @return false if it is not one of these
   */
  boolean arrived(long offset) {
    if (offset == TrackedFile.TELLING) {
      abandonmentUnderway = false;
    } else if (offset == TrackedFile.MISSING) {
      missed = missing;
    } else {
      return false;
    }
    return true;
  }

  void abandon() {
    abandonmentUnderway = true;
  }

  boolean isAbandonmentUnderway() {
    return abandonmentUnderway;
  }

  /** Returns true once for each time it is lost, restarts included. */
  boolean takeMissing() {
    boolean first = !missing && !missed;
    missing |= first;
    return first;
  }

  boolean isMissed() {
    return missed;
  }

  /**
   * It is there again.
   *
   * @return whether that is news for the checkpoint
   */
  boolean found() {
    boolean news = missed;
    missing = false;
    missed = false;
    return news;
  }
}
