package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.snapshot.BinlogPosition;
import io.nsqlops.backup.engine.mysql.snapshot.OneMoment;
import io.nsqlops.backup.engine.mysql.snapshot.SessionSnapshot;
import io.nsqlops.backup.engine.mysql.target.RestoreMark;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MariaDB and MySQL: a short global lock, and while it stands every session opens its own view of
 * the same moment. A session that is lost takes its view with it, so a backup cannot be resumed at
 * the same moment, only repeated.
 */
public final class MysqlExporter implements SnapshotExporter {
  private static final String REPEATABLE =
      "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  private final Connections connections;
  private final ServerInfo server;

  public MysqlExporter(Connections connections, ServerInfo server) {
    this.connections = connections;
    this.server = server;
  }

  @Override
  public ServerInfo server() {
    return server;
  }

  @Override
  public Snapshot open(int readers) {
    return open(readers, LOCK_WAIT);
  }

  @Override
  public Snapshot open(int readers, Duration lockWait) {
    List<Session> sessions = new ArrayList<>();
    try {
      Session locking = connections.open(List.of());
      sessions.add(locking);
      for (int i = 0; i <= readers; i++) {
        sessions.add(connections.open(List.of(REPEATABLE)));
      }
      List<Session> views = sessions.subList(1, sessions.size());
      Optional<String> restore = RestoreMark.unfinished(locking, server.address());
      OneMoment.Caught caught = new OneMoment(locking, server, lockWait).open(views);
      Session main = views.get(0);
      return new SessionSnapshot(server, caught.point(), main, views.subList(1, views.size()))
          .closing(locking)
          .during(restore)
          .warning(caught.warnings());
    } catch (RuntimeException e) {
      sessions.forEach(Session::close);
      throw e;
    }
  }

  @Override
  public Snapshot openUnlocked(int readers) {
    List<Session> sessions = new ArrayList<>();
    try {
      for (int i = 0; i <= readers; i++) {
        sessions.add(connections.open(List.of()));
      }
      SnapshotPoint point = BinlogPosition.now(sessions.get(0), server);
      return new SessionSnapshot(server, point, sessions.get(0), sessions.subList(1, readers + 1));
    } catch (RuntimeException e) {
      sessions.forEach(Session::close);
      throw e;
    }
  }

  @Override
  public void close() {}
}
