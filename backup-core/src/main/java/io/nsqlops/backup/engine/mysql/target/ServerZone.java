package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import java.util.Set;

/**
 * The time zone a server works in unless a session says otherwise. Sessions of ours work in UTC,
 * and what the server computes of a TIMESTAMP for generated columns, indexes and checks hangs on
 * the session's zone.
 *
 * @param name as the server says
 */
public record ServerZone(String name) {
  private static final String UTC_BY_OFFSET = "+00:00";
  private static final Set<String> UTC = Set.of(UTC_BY_OFFSET, "UTC", "Etc/UTC");

  private static final String IN_UTC = "SET SESSION time_zone='" + UTC_BY_OFFSET + "'";

  public static ServerZone of(Catalogue catalogue) {
    return new ServerZone(
        catalogue.one(
            "SELECT IF(@@global.time_zone='SYSTEM', @@system_time_zone, @@global.time_zone)"));
  }

  /** Not so for "GMT", which is London's, in summer as well. */
  public boolean isUtc() {
    return UTC.contains(name);
  }

  /** Runs an action while the session works in the server's zone. */
  void in(Session session, Runnable action) {
    if (isUtc()) {
      action.run();
      return;
    }
    session.execute("SET SESSION time_zone=@@global.time_zone");
    try {
      action.run();
    } catch (RuntimeException e) {
      backToUtc(session, e);
      throw e;
    }
    session.execute(IN_UTC);
  }

  private static void backToUtc(Session session, RuntimeException failure) {
    try {
      session.execute(IN_UTC);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
