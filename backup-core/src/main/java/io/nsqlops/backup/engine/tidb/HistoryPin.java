package io.nsqlops.backup.engine.tidb;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.Instant;

/**
 * Keeps the history of one moment: an open transaction, whose start holds garbage collection back
 * (for up to {@code tidb_gc_max_wait_time}, a day by default). Unlike a raised {@code
 * tidb_gc_life_time} it cannot be left behind: it ends with the session, however that ends.
 */
final class HistoryPin {
  /** A TSO is milliseconds since 1970, then 18 bits of counter. */
  private static final int LOGICAL_BITS = 18;

  private final Session session;
  private final Catalogue catalogue;
  private final String address;
  private final long tso;

  private HistoryPin(Session session, String address) {
    this.session = session;
    this.catalogue = new Catalogue(session, address);
    this.address = address;
    this.tso = Long.parseLong(catalogue.one("SELECT @@tidb_current_ts"));
  }

  /** Opens the transaction; its start is the moment. */
  static HistoryPin take(Session session, String address) {
    session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
    return new HistoryPin(session, address);
  }

  long tso() {
    return tso;
  }

  Instant time() {
    return Instant.ofEpochMilli(tso >> LOGICAL_BITS);
  }

  /**
   * Proves that nothing of the moment was collected.
   *
   * @throws OpsException TRANSIENT if it may have been
   */
  void prove() {
    String still = catalogue.one("SELECT @@tidb_current_ts");
    if (!still.equals(String.valueOf(tso))) {
      throw lost("the transaction that held the history is gone");
    }
    session.execute("ROLLBACK");
    Instant safePoint = SafePoint.read(catalogue);
    if (safePoint.isAfter(time())) {
      throw lost("garbage was collected up to " + safePoint + ", the backup reads at " + time());
    }
  }

  private OpsException lost(String why) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        address,
        "the history of the snapshot was not kept on " + address + ": " + why,
        "run the backup again; if it takes longer than tidb_gc_max_wait_time, raise that first");
  }
}
