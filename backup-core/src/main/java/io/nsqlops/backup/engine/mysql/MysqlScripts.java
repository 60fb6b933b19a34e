package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.ScriptSession;
import io.nsqlops.backup.engine.ScriptTarget;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Connections;
import io.nsqlops.backup.engine.mysql.session.RestoreSettings;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.model.ServerInfo;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts on MariaDB, MySQL and TiDB. */
public final class MysqlScripts implements ScriptTarget {
  private final Connections connections;
  private final ServerInfo server;
  private final Dialect dialect;

  public MysqlScripts(Connections connections, ServerInfo server, Dialect dialect) {
    this.connections = connections;
    this.server = server;
    this.dialect = dialect;
  }

  @Override
  public ServerInfo server() {
    return server;
  }

  @Override
  public List<String> databases() {
    try (Session session = connections.open(List.of())) {
      return new Catalogue(session, server.address()).databases();
    }
  }

  @Override
  public boolean runsEvents() {
    try (Session session = connections.open(List.of())) {
      return new Catalogue(session, server.address())
          .one("SELECT @@event_scheduler")
          .matches("(?i)on|1");
    }
  }

  @Override
  public ScriptSession session() {
    List<String> settings = new ArrayList<>();
    settings.add(RestoreSettings.MODE);
    settings.add("SET SESSION foreign_key_checks=0, unique_checks=0, max_error_count=65535");
    settings.addAll(dialect.loadSettings());
    Session session = connections.open(settings);
    RestoreSettings.lenient(session);
    return new MysqlScriptSession(session, server, dialect);
  }
}
