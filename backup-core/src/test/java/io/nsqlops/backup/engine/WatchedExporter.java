package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.ServerInfo;

/** Lets a test look at the server just before a restore reads it back. */
record WatchedExporter(SnapshotExporter inner, Runnable look) implements SnapshotExporter {
  @Override
  public ServerInfo server() {
    return inner.server();
  }

  @Override
  public Snapshot open(int readers) {
    return inner.open(readers);
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    look.run();
    return inner.openUnlocked(readers);
  }

  @Override
  public void close() {
    inner.close();
  }
}
