package io.nsqlops.backup.flow;

/** Holds whoever reports progress back to a rate. */
record PacedProgress(Progress progress, RateLimit limit) implements Progress {
  @Override
  public void phase(String name, long bytes) {
    progress.phase(name, bytes);
  }

  @Override
  public void advanced(long rows, long bytes) {
    progress.advanced(rows, bytes);
    limit.spend(bytes);
  }

  @Override
  public void settled(long guessed, long actual) {
    progress.settled(guessed, actual);
  }

  @Override
  public void warning(String message) {
    progress.warning(message);
  }
}
