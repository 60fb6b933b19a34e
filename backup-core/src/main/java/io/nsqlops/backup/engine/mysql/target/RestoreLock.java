package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps two restores into one server apart, and a restore from what is left of one that was killed:
 * the server goes on for a while with statements whose client is gone.
 *
 * <p>By locks that end with the session that holds them: one for the restore, one for each of its
 * loaders. A server that has none is restored into without.
 */
public final class RestoreLock {
  private static final String NAME = "nsql_ops_restore";

  /** More loaders than that have no lock of their own. */
  private static final int MOST_LOADERS = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OWNER_PATIENCE_SECONDS = 10;
  private static final int PAUSE_MILLIS = 200;

  private final Catalogue catalogue;
  private final String address;

  /** TiDB tells that somebody has a lock, not who; and ends statements whose client is gone. */
  private final boolean tellsOwners;

  private final AtomicInteger loaders = new AtomicInteger();

  /** Of one restore, which has this session for as long as it runs. */
  public RestoreLock(Session session, ServerInfo server) {
    this.address = server.address();
    this.catalogue = new Catalogue(session, address);
    this.tellsOwners = !server.engine().equals("tidb");
  }

  /**
   * Returns when no other restore is at work in the server. Idempotent.
   *
   * @throws OpsException LOCKED if one is
   */
  public void take() {
    Optional<String> taken =
        ask(catalogue, "SELECT GET_LOCK('" + NAME + "', " + OWNER_PATIENCE_SECONDS + ")");
    if (taken.isEmpty() || taken.get().equals("null")) {
      return;
    }
    if (!taken.get().equals("1")) {
      throw atWork(
          "another restore is at work in " + address,
          "SELECT COALESCE(IS_USED_LOCK('" + NAME + "'),'')");
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (tellsOwners && loaders.get() == 0 && isLeft()) {
      if (System.nanoTime() - deadline > 0) {
        throw atWork("a restore that has ended is still loading into " + address, used());
      }
      pause();
    }
  }

  private OpsException atWork(String what, String asked) {
    String holder = tellsOwners ? ask(catalogue, asked).orElse("") : "";
    return new OpsException(
        ErrorKind.LOCKED,
        address,
        what + (holder.isEmpty() ? "" : ", in session " + holder),
        "wait until it has ended, then run the same command again"
            + (holder.isEmpty() ? "" : "; KILL " + holder + " there ends it"));
  }

  private boolean isLeft() {
    return ask(catalogue, used()).filter(id -> !id.isEmpty()).isPresent();
  }

  /** Asks for the session of some loader that is there. */
  private static String used() {
    return IntStream.rangeClosed(1, MOST_LOADERS)
        .mapToObj(i -> "IS_USED_LOCK('" + NAME + '.' + i + "')")
        .collect(Collectors.joining(",", "SELECT COALESCE(", ",'')"));
  }

  /** A loader's session begins. */
  public void join(Session session) {
    int number = loaders.incrementAndGet();
    if (number <= MOST_LOADERS) {
      ask(new Catalogue(session, address), "SELECT GET_LOCK('" + NAME + '.' + number + "', 0)");
    }
  }

  /** The answer; empty if the server has no such locks. */
  private static Optional<String> ask(Catalogue catalogue, String sql) {
    try {
      return Optional.of(catalogue.one(sql));
    } catch (OpsException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpsException(ErrorKind.INTERRUPTED, address, "the restore was stopped", "", e);
    }
  }
}
