package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens views of one moment in several sessions, by the strongest means that the server permits: a
 * global lock; a lock on each table; or no lock, but a log that did not grow meanwhile.
 */
public final class OneMoment {
  private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT";
  private static final int LOCK_TIMED_OUT = 1205;
  private static final int TRIES = 20;

  private final Session locking;
  private final ServerInfo server;
  private final Catalogue catalogue;
  private final RunningStatements statements;
  private final List<String> refused = new ArrayList<>();

  public OneMoment(Session locking, ServerInfo server, Duration lockWait) {
    this.locking = locking;
    this.server = server;
    this.catalogue = new Catalogue(locking, server.address());
    this.statements = new RunningStatements(locking, server.address(), lockWait);
    locking.execute("SET SESSION lock_wait_timeout=" + Math.max(1, lockWait.toSeconds()));
  }

  /**
   * A moment all views stand at.
   *
   * @param warnings how it was caught, if not by a global lock
   */
  public record Caught(SnapshotPoint point, List<String> warnings) {}

  private interface Means {
    Caught tryOn(List<Session> views);
  }

  /**
   * Opens all of them.
   *
   * @param views the first for definitions, the others for rows
   */
  public Caught open(List<Session> views) {
    for (Means means : List.<Means>of(this::locked, this::tablesLocked, this::unlocked)) {
      try {
        return means.tryOn(views);
      } catch (OpsException e) {
        if (MysqlErrors.code(e) == LOCK_TIMED_OUT) {
          throw statements.timedOut(e);
        }
        if (!MysqlErrors.isRights(e)) {
          throw e;
        }
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    throw impossible();
  }

  private OpsException impossible() {
    return new OpsException(
        ErrorKind.USAGE,
        server.address(),
        "one moment of %s cannot be caught: %s"
            .formatted(server.address(), String.join("; ", refused)),
        "grant RELOAD (or, at least, LOCK TABLES and SELECT on all databases), or switch the binary"
            + " log on");
  }

  /**
   * The first, which looks at definitions, may write: a read-only one is not shown views that take
   * from a sequence or call what might write.
   */
  private static void begin(List<Session> views) {
    views.get(0).execute(BEGIN);
    views.subList(1, views.size()).forEach(s -> s.execute(BEGIN + ", READ ONLY"));
  }

  private Caught locked(List<Session> views) {
    GlobalLock lock = GlobalLock.on(locking, server);
    lock.take(statements);
    begin(views);
    SnapshotPoint point = BinlogPosition.read(locking, server);
    lock.release();
    return new Caught(point, List.of());
  }

  private Caught tablesLocked(List<Session> views) {
    Set<TableName> tables = lockable();
    for (int i = 0; i < TRIES; i++) {
      if (tables.isEmpty()) {
        refused.add("no table can be seen, so none can be locked");
        return unlocked(views);
      }
      locking.execute(
          tables.stream()
              .map(t -> Sql.name(t) + " READ")
              .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
      Set<TableName> there = lockable();
      if (tables.containsAll(there)) {
        begin(views);
        SnapshotPoint point = BinlogPosition.read(locking, server);
        locking.execute("UNLOCK TABLES");
        return new Caught(
            point,
            List.of(
                "the server could not be locked as a whole (no RELOAD right): each of its "
                    + tables.size()
                    + " tables was locked while the snapshot was opened"));
      }
      locking.execute("UNLOCK TABLES");
      tables = there;
    }
    throw busy("tables were made all the time");
  }

  /** Base tables, and the sequences that some of them call. */
  private Set<TableName> lockable() {
    Set<TableName> names = new HashSet<>();
    catalogue.tables().forEach(t -> names.add(t.name()));
    catalogue.relations("SEQUENCE").forEach(names::add);
    return names;
  }

  private Caught unlocked(List<Session> views) {
    for (int i = 0; i < TRIES; i++) {
      String before = BinlogPosition.fingerprint(locking, server);
      if (before.isEmpty()) {
        refused.add("no binary log, by which to see that nothing was written meanwhile");
        throw impossible();
      }
      begin(views);
      SnapshotPoint point = BinlogPosition.read(locking, server);
      if (before.equals(BinlogPosition.fingerprint(locking, server))) {
        return new Caught(
            point,
            List.of(
                "no lock was permitted (neither RELOAD nor LOCK TABLES): that the snapshot is of one"
                    + " moment is told only by the binary log, which did not grow while it was opened"));
      }
    }
    throw busy("the binary log grew each time the snapshot was opened, in " + TRIES + " tries");
  }

  private OpsException busy(String why) {
    return new OpsException(
        ErrorKind.TRANSIENT,
        server.address(),
        server.address() + " permits no global lock, and " + why,
        "run it again at a quieter time, or grant RELOAD");
  }
}
