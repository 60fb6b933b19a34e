package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB and MySQL: a short global lock, and while it stands every session opens its own view of
 * the same moment. A session that is lost takes its view with it, so a backup cannot be resumed at
 * the same moment, only repeated.
 */
public final class MysqlExporter implements SnapshotExporter {
  private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
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
    List<Session> sessions = new ArrayList<>();
    try {
      Session locking = connections.open(List.of());
      sessions.add(locking);
      for (int i = 0; i <= readers; i++) {
        sessions.add(connections.open(List.of(REPEATABLE)));
      }
      GlobalLock lock = GlobalLock.on(locking, server);
      lock.take();
      List<Session> views = sessions.subList(1, sessions.size());
      views.forEach(s -> s.execute(BEGIN));
      SnapshotPoint point = BinlogPosition.read(locking, server);
      lock.release();
      return new SessionSnapshot(server, point, views.get(0), views.subList(1, views.size()))
          .closing(locking);
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
