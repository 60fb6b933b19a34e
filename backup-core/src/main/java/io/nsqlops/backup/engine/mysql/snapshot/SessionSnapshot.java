package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.engine.mysql.account.AccountCatalogue;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableEstimate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** Sessions that all stand at one moment: one for the catalogue, the others lent to readers. */
public final class SessionSnapshot implements Snapshot {
  private final ServerInfo server;
  private final SnapshotPoint point;
  private final Session main;
  private final List<Session> all;
  private final BlockingQueue<Session> free;
  private Runnable proof = () -> {};
  private List<Session> others = List.of();
  private List<String> warnings = List.of();
  private Optional<String> unfinishedRestore = Optional.empty();
  private SequenceState sequences = SequenceState.MARIADB;

  public SessionSnapshot(
      ServerInfo server, SnapshotPoint point, Session main, List<Session> readers) {
    this.server = server;
    this.point = point;
    this.main = main;
    this.all = List.copyOf(readers);
    this.free = new LinkedBlockingQueue<>(readers);
  }

  /** Also closes this session at the end. */
  public SessionSnapshot closing(Session other) {
    others = List.of(other);
    return this;
  }

  /** Has this to say about how the moment was caught. */
  public SessionSnapshot warning(List<String> lines) {
    warnings = List.copyOf(lines);
    return this;
  }

  /** This restore was unfinished when the moment was caught. */
  public SessionSnapshot during(Optional<String> restore) {
    unfinishedRestore = restore;
    return this;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public List<String> blindSpots(Predicate<String> databases) {
    return BlindSpots.of(new Catalogue(main, server.address()), server.engine(), databases);
  }

  @Override
  public List<String> doubts(Table table) {
    return DoubtfulMembers.of(table, server.engine());
  }

  @Override
  public Optional<String> unfinishedRestore() {
    return unfinishedRestore;
  }

  /** How sequences tell their state. */
  public SessionSnapshot withSequences(SequenceState state) {
    sequences = state;
    return this;
  }

  /** What {@link #proveHeld} does. */
  public SessionSnapshot provenBy(Runnable check) {
    proof = check;
    return this;
  }

  @Override
  public SnapshotPoint point() {
    return point;
  }

  @Override
  public List<TableEstimate> tables() {
    return new Catalogue(main, server.address()).tables();
  }

  @Override
  public List<SchemaObject> objects(Predicate<SchemaObject> wanted) {
    Catalogue catalogue = new Catalogue(main, server.address());
    return new ObjectCatalogue(catalogue, sequences, wanted).collect();
  }

  @Override
  public Accounts accounts() {
    Catalogue catalogue = new Catalogue(main, server.address());
    return AccountCatalogue.of(catalogue, server).collect();
  }

  @Override
  public TableReader reader() {
    Session session = free.poll();
    if (session == null) {
      throw new IllegalStateException("more readers than the snapshot was opened for");
    }
    return new SessionTableReader(session, server.address(), () -> free.add(session));
  }

  @Override
  public void proveHeld() {
    proof.run();
  }

  @Override
  public void close() {
    all.forEach(Session::close);
    main.close();
    others.forEach(Session::close);
  }
}
