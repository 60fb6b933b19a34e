package io.nsqlops.backup.engine.tidb;

import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.snapshot.BinlogPosition;
import io.nsqlops.backup.engine.mysql.snapshot.SessionSnapshot;
import io.nsqlops.backup.engine.mysql.target.RestoreMark;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a TiDB cluster at one TSO, without any lock. */
public final class TidbExporter implements SnapshotExporter {
  /** TiDB keeps text as UTF-8 whatever a column says, and takes it back only so. */
  static final String UTF8 = "SET SESSION character_set_results=utf8mb4";

  private final Connections connections;
  private final ServerInfo server;

  public TidbExporter(Connections connections, ServerInfo server) {
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
      Session pinning = connections.open(List.of());
      sessions.add(pinning);
      SafePoint.ensure(pinning, server.address());
      Optional<String> restore = RestoreMark.unfinished(pinning, server.address());
      HistoryPin pin = HistoryPin.take(pinning, server.address());
      for (int i = 0; i <= readers; i++) {
        sessions.add(
            connections.open(List.of(UTF8, "SET SESSION tidb_snapshot='" + pin.tso() + "'")));
      }
      SnapshotPoint point = new SnapshotPoint("tso:" + pin.tso(), pin.time());
      return new SessionSnapshot(server, point, sessions.get(1), sessions.subList(2, readers + 2))
          .withSequences(TidbSequences::restore)
          .provenBy(pin::prove)
          .during(restore)
          .closing(pinning);
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
        sessions.add(connections.open(List.of(UTF8)));
      }
      SnapshotPoint point = BinlogPosition.now(sessions.get(0), server);
      return new SessionSnapshot(server, point, sessions.get(0), sessions.subList(1, readers + 1))
          .withSequences(TidbSequences::restore);
    } catch (RuntimeException e) {
      sessions.forEach(Session::close);
      throw e;
    }
  }

  @Override
  public void close() {}
}
