package io.nsqlops.backup.engine;

import io.nsqlops.backup.engine.mysql.MysqlExporter;
import io.nsqlops.backup.engine.mysql.MysqlImporter;
import io.nsqlops.backup.engine.mysql.MysqlScripts;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.engine.tidb.TidbExporter;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.DiffFlow;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.testbeds.server.SqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** A running server with the ports to it, and the flows as a test calls them. */
final class TestedEngine implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int ER_NO_SUCH_THREAD = 1094;
  private static final long LOOK_AGAIN_NANOS = 50_000_000;

  private final SqlServer server;
  private final Connections connections;
  private final ServerInfo info;
  private final Dialect dialect;

  TestedEngine(SqlServer server, Dialect dialect) {
    this(server, dialect, "root", "");
  }

  private TestedEngine(SqlServer server, Dialect dialect, String user, String password) {
    this.server = server;
    this.dialect = dialect;
    DatabaseUri uri = DatabaseUri.parse("mysql://" + user + "@127.0.0.1:" + server.port());
    connections = new Connections(uri, () -> password);
    try (Session session = connections.open(List.of())) {
      info = Connections.identify(session, connections.address());
    }
  }

  /** The same server as another user sees it; closing this one is enough. */
  TestedEngine as(String user, String password) {
    return new TestedEngine(server, dialect, user, password);
  }

  SqlServer server() {
    return server;
  }

  ServerInfo info() {
    return info;
  }

  SnapshotExporter exporter() {
    return info.engine().equals("tidb")
        ? new TidbExporter(connections, info)
        : new MysqlExporter(connections, info);
  }

  /** As another account, which has no password. */
  SnapshotExporter exporterOf(String user) {
    DatabaseUri uri = DatabaseUri.parse("mysql://" + user + "@127.0.0.1:" + server.port());
    return new MysqlExporter(new Connections(uri, () -> ""), info);
  }

  SnapshotImporter importer() {
    return new MysqlImporter(connections, info, dialect);
  }

  ScriptTarget scripts() {
    return new MysqlScripts(connections, info, dialect);
  }

  Connection connect() throws SQLException {
    return server.connect();
  }

  Map<String, List<String>> state(List<String> databases) throws SQLException {
    try (Connection connection = connect()) {
      return ServerState.of(connection, databases);
    }
  }

  /** The rows of databases, by database and table. */
  Map<String, List<String>> rows(List<String> databases) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = connect()) {
      for (String database : databases) {
        ServerState.rows(connection, database).forEach((k, v) -> all.put(database + " " + k, v));
      }
    }
    return all;
  }

  Manifest backup(Repository repository, String... include) {
    return backup(exporter(), repository, THREADS, include);
  }

  static Manifest backup(
      SnapshotExporter exporter, Repository repository, int threads, String... include) {
    Selection selection = new Selection(List.of(include), List.of());
    return backup(exporter, repository, new BackupFlow.Request(selection, threads, Map.of()));
  }

  static Manifest backup(
      SnapshotExporter exporter, Repository repository, BackupFlow.Request request) {
    return new BackupFlow(exporter, repository, Clock.systemUTC(), Progress.NONE).run(request);
  }

  RestoreFlow.Report restore(Repository repository, Existing existing) {
    return restore(repository, existing, Map.of());
  }

  /** The latest backup, verified in full. */
  RestoreFlow.Report restore(
      Repository repository, Existing existing, Map<String, String> renames) {
    try (SnapshotImporter importer = importer()) {
      return restore(repository, importer, existing, renames);
    }
  }

  /** The latest backup, as planned. */
  RestoreFlow.Report restore(Repository repository, RestorePlanner planner, Existing existing) {
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan = planner.plan(contents.manifest(), contents.tables(), contents.objects());
    try (SnapshotImporter importer = importer()) {
      return new RestoreFlow(repository, importer, exporter(), Progress.NONE)
          .run(plan, new RestoreFlow.Request(existing, Verify.FULL, THREADS));
    }
  }

  RestoreFlow.Report restore(
      Repository repository,
      SnapshotImporter importer,
      Existing existing,
      Map<String, String> renames) {
    return new RestoreFlow(repository, importer, exporter(), Progress.NONE)
        .run(plan(repository, renames), new RestoreFlow.Request(existing, Verify.FULL, THREADS));
  }

  static RestorePlan plan(Repository repository, Map<String, String> renames) {
    BackupContents contents = BackupContents.read(repository, "latest");
    return new RestorePlanner(Selection.ALL, renames, false)
        .plan(contents.manifest().id(), contents.tables(), contents.objects());
  }

  DiffFlow.Report diff(Repository repository, String... include) {
    Selection selection = new Selection(List.of(include), List.of());
    return new DiffFlow(repository, Progress.NONE).live("latest", exporter(), selection, THREADS);
  }

  /** About 2.4 KB a row, 2^{@code doublings} rows, in database {@code big}. */
  void makeBig(int doublings) throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE big");
    statements.add("CREATE TABLE big.rows (id INT PRIMARY KEY, v VARCHAR(3000), KEY (v(10)))");
    statements.add("INSERT INTO big.rows VALUES (0, REPEAT(SHA2(0,256), 38))");
    for (int i = 0; i < doublings; i++) {
      statements.add(
          "INSERT INTO big.rows SELECT id+%1$d, REPEAT(SHA2(id+%1$d,256), 38) FROM big.rows"
              .formatted(1 << i));
    }
    server.execute(statements.toArray(String[]::new));
  }

  /** What a variable is in the sessions that we open. */
  String ownSetting(String variable) {
    try (Session session = connections.open(List.of())) {
      return new Catalogue(session, connections.address()).one("SELECT @@SESSION." + variable);
    }
  }

  /**
   * Returns when the server has ended a session that did nothing, for its limits.
   *
   * @param patient of a session without such limits
   */
  void awaitEndOfAnIdleSession(Statement patient) throws SQLException {
    try (Connection idle = connect();
        Statement statement = idle.createStatement()) {
      String id = one(statement, "SELECT CONNECTION_ID()");
      String there = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID=" + id;
      Instant deadline = Instant.now().plusSeconds(60);
      while (one(patient, there).equals("1")) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("the server did not end session " + id);
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Ends all sessions but the one that does it, as a restart of the server would. */
  void killAll() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      List<Long> ids = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT ID FROM information_schema.PROCESSLIST WHERE ID<>CONNECTION_ID()"
                  + " AND USER='root' AND COMMAND<>'Daemon'")) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      for (long id : ids) {
        kill(statement, id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(Statement statement, long id) throws SQLException {
    try {
      statement.execute("KILL " + id);
    } catch (SQLException e) {
      if (e.getErrorCode() != ER_NO_SUCH_THREAD) { // it ended by itself meanwhile
        throw e;
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
