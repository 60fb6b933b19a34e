package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ServerInfo;
import java.util.List;

/**
 * Keeps all writers out for the moment in which the views are opened: backup stages on MariaDB
 * 10.4.1 and later, FLUSH TABLES WITH READ LOCK elsewhere, on MySQL 8 with the instance lock that
 * keeps DDL out for as long as the session lives.
 */
final class GlobalLock {
  private static final List<String> STAGES = List.of("START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT");
  private static final int SYNTAX = 1064;

  private final Session session;
  private final boolean mysql;
  private boolean staged;

  private GlobalLock(Session session, boolean mysql) {
    this.session = session;
    this.mysql = mysql;
  }

  static GlobalLock on(Session session, ServerInfo server) {
    return new GlobalLock(session, server.engine().equals("mysql"));
  }

  /**
   * Takes it.
   *
   * @param statements of other sessions that would be in the way, to be waited for
   */
  void take(RunningStatements statements) {
    if (mysql) {
      lockInstance();
    } else {
      staged = stage();
    }
    if (!staged) {
      // whoever waits for a long query while asking for this lock keeps everybody else waiting too
      statements.await();
      // closes tables one by one first, so that the lock itself is short
      session.execute("FLUSH NO_WRITE_TO_BINLOG TABLES");
      session.execute("FLUSH TABLES WITH READ LOCK");
    }
  }

  /** Without the right to it, tables that are altered during the backup end it (error 1412). */
  private void lockInstance() {
    try {
      session.execute("LOCK INSTANCE FOR BACKUP");
    } catch (OpsException e) {
      if (MysqlErrors.code(e) != SYNTAX && !MysqlErrors.isRights(e)) {
        throw e;
      }
      // MySQL 5.7 has no such lock
    }
  }

  private boolean stage() {
    try {
      for (String stage : STAGES) {
        session.execute("BACKUP STAGE " + stage);
      }
      return true;
    } catch (OpsException e) {
      if (MysqlErrors.code(e) != SYNTAX) {
        throw e;
      }
      return false;
    }
  }

  void release() {
    session.execute(staged ? "BACKUP STAGE END" : "UNLOCK TABLES");
  }
}
