package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;

/**
 * The time zone a server works in unless a session says otherwise. Sessions of ours work in UTC,
 * and what the server computes of a TIMESTAMP for generated columns, indexes and checks hangs on
 * the session's zone.
 *
 * @param name as the server says
 */
public record ServerZone(String name) {
  private static final String UTC_BY_OFFSET = "+00:00";

  public static ServerZone of(Catalogue catalogue) {
    return new ServerZone(
        catalogue.one(
            "SELECT IF(@@global.time_zone='SYSTEM', @@system_time_zone, @@global.time_zone)"));
  }

  /** Not so for "GMT", which is London's, in summer as well. */
  boolean isUtc() {
    return name.equals(UTC_BY_OFFSET) || name.equals("UTC");
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
    } finally {
      session.execute("SET SESSION time_zone='" + UTC_BY_OFFSET + "'");
    }
  }
}
