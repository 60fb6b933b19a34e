package io.nsqlops.backup.engine.tidb;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Up to when a cluster has dropped old versions of rows: what is older cannot be read. */
final class SafePoint {
  private static final String NEVER = "19700101-00:00:00.000 +0000";

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss[.SSS] Z", Locale.ROOT);

  private SafePoint() {}

  /**
   * A cluster that has never collected garbage has no safe point, and then refuses to read at any
   * moment. So it gets the one that says just that. The collector overwrites it.
   *
   * @throws OpsException USAGE if there is none and this user may not write it
   */
  static void ensure(Session session, String address) {
    if (!text(new Catalogue(session, address)).isEmpty()) {
      return;
    }
    String statement =
        "INSERT IGNORE INTO mysql.tidb VALUES ('tikv_gc_safe_point','"
            + NEVER
            + "','(nothing was collected yet)')";
    try {
      session.execute(statement);
    } catch (OpsException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          address,
          address + " has no garbage collection safe point yet, without which it reads no snapshot",
          "wait for its first garbage collection (10 minutes after its start), or run as root: "
              + statement,
          e);
    }
  }

  /** {@link Instant#EPOCH} where nothing was ever collected. */
  static Instant read(Catalogue catalogue) {
    String text = text(catalogue);
    return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text, FORMAT).toInstant();
  }

  private static String text(Catalogue catalogue) {
    return catalogue.one(
        "SELECT VARIABLE_VALUE FROM mysql.tidb WHERE VARIABLE_NAME='tikv_gc_safe_point'");
  }
}
