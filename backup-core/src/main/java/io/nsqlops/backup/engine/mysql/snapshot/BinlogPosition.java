package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads where the server stands in its own log. */
public final class BinlogPosition {
  private BinlogPosition() {}

  /** The position under a global lock; GTID where there is one. */
  static SnapshotPoint read(Session session, ServerInfo server) {
    Catalogue catalogue = new Catalogue(session, server.address());
    Instant time = time(catalogue);
    String gtid = first(catalogue, "SELECT @@gtid_binlog_pos", "SELECT @@gtid_executed");
    if (!gtid.isEmpty()) {
      return new SnapshotPoint("gtid:" + gtid.replaceAll("\\s", ""), time);
    }
    String binlog = binlog(catalogue);
    return new SnapshotPoint(binlog.isEmpty() ? "time" : "binlog:" + binlog, time);
  }

  /** Changes with every write; empty where nothing is logged. */
  static String fingerprint(Session session, ServerInfo server) {
    Catalogue catalogue = new Catalogue(session, server.address());
    if (!catalogue.one("SELECT @@log_bin").equals("1")) {
      return "";
    }
    String gtid = first(catalogue, "SELECT @@gtid_binlog_pos", "SELECT @@gtid_executed");
    String binlog = binlog(catalogue);
    return gtid.isEmpty() && binlog.isEmpty() ? "" : gtid + " " + binlog;
  }

  /** The server's clock alone. */
  public static SnapshotPoint now(Session session, ServerInfo server) {
    return new SnapshotPoint("time", time(new Catalogue(session, server.address())));
  }

  private static Instant time(Catalogue catalogue) {
    String text = catalogue.one("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')");
    return Instant.parse(text);
  }

  /** The answer to the first query the server knows and permits; empty if none. */
  private static String first(Catalogue catalogue, String... queries) {
    for (String query : queries) {
      try {
        String value = catalogue.one(query);
        if (!value.isEmpty() && !value.equals("null")) {
          return value;
        }
      } catch (OpsException e) {
        // not this kind of server, or no right to know: the next question
      }
    }
    return "";
  }

  private static String binlog(Catalogue catalogue) {
    for (String query : List.of("SHOW BINARY LOG STATUS", "SHOW MASTER STATUS")) {
      List<String> positions = new ArrayList<>();
      try {
        catalogue.each(
            query, List.of(), row -> positions.add(row.getString(1) + ":" + row.getString(2)));
        return positions.isEmpty() ? "" : positions.get(0);
      } catch (OpsException e) {
        // the other spelling, or no right to know
      }
    }
    return "";
  }
}
