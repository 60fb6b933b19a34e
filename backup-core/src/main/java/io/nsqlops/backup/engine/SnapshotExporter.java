package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.ServerInfo;
import java.time.Duration;

/**
 * A server whose rows flow through us. Failures are {@link io.nsqlops.backup.error.OpsException}:
 * USAGE for wrong credentials or missing rights, TRANSIENT for a server that cannot be reached.
 */
public interface SnapshotExporter extends AutoCloseable {
  /** How long to wait for a lock unless somebody says otherwise. */
  Duration LOCK_WAIT = Duration.ofSeconds(60);

  ServerInfo server();

  /**
   * Opens one consistent view of the whole server and keeps it until closed.
   *
   * @param readers how many threads will read at once; each gets a session of its own
   */
  Snapshot open(int readers);

  /**
   * Like {@link #open(int)}.
   *
   * @param lockWait how long to wait for whoever is in the way of a lock; TRANSIENT after that
   */
  default Snapshot open(int readers, Duration lockWait) {
    return open(readers);
  }

  /**
   * Like {@link #open(int)}, but without locks and without the promise of one moment for all
   * sessions.
   */
  Snapshot openUnlocked(int readers);

  @Override
  void close();
}
