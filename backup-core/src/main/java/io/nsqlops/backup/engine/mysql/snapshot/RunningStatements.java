package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The statements of others that a global lock would have to wait for. */
final class RunningStatements {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final Catalogue catalogue;
  private final String address;
  private final Duration wait;

  /**
   * Prepares.
   *
   * @param wait how long to wait for them
   */
  RunningStatements(Session session, String address, Duration wait) {
    this.catalogue = new Catalogue(session, address);
    this.address = address;
    this.wait = wait;
  }

  /** Waits until none has been running for long; TRANSIENT, naming them, if that takes too long. */
  void await() {
    long end = System.nanoTime() + wait.toNanos();
    List<String> running = list();
    while (!running.isEmpty()) {
      if (System.nanoTime() > end) {
        throw inTheWay(running);
      }
      pause();
      running = list();
    }
  }

  /** What a lock that was waited for in vain may have been waiting for. */
  OpsException timedOut(OpsException cause) {
    List<String> running = list();
    return running.isEmpty() ? cause : inTheWay(running);
  }

  private OpsException inTheWay(List<String> running) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        address,
        "statements are running that a lock would have to wait for, and everybody else with it: "
            + String.join("; ", running),
        "run the backup when they are done, end them with KILL QUERY, or wait longer with"
            + " --lock-wait");
  }

  /** Their text is left out: it may hold data. */
  private List<String> list() {
    long least = Math.min(LONG.toSeconds(), Math.max(1, wait.toSeconds()));
    List<String> found = new ArrayList<>();
    catalogue.each(
        "SELECT ID, USER, TIME FROM information_schema.PROCESSLIST WHERE ID<>CONNECTION_ID()"
            + " AND COMMAND IN ('Query','Execute') AND TIME>="
            + least
            + " ORDER BY TIME DESC LIMIT 5",
        List.of(),
        row ->
            found.add(
                "id %s of user %s, for %s s"
                    .formatted(row.getString(1), row.getString(2), row.getString(3))));
    return found;
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpsException(
          ErrorKind.INTERRUPTED, address, "interrupted while waiting", "run it again", e);
    }
  }
}
