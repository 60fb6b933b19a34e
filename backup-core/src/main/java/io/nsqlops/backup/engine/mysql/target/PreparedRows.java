package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Prepared;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Session.Done;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Rows as parameters of prepared INSERT statements. MariaDB takes a parameter's bytes in one go,
 * where LOAD DATA looks at each and appends it with a call; but each parameter has its price, so
 * this pays with long values only. Decision 9 says when, and how much.
 */
final class PreparedRows {
  /** Parameters of one statement: with many more, what a server keeps of them leaves its caches. */
  private static final int PARAMETERS = 1000;

  /** How long statements are made, if rows are long. */
  private static final int USUAL_BYTES = 1 << 20;

  /** What a statement may bring at most: with its head, below the least packet limit we accept. */
  private static final int MOST_BYTES = 7 << 19;

  /** What is sent before the outcome of the first statement is awaited: the way may be long. */
  private static final int AHEAD_BYTES = 1 << 20;

  private static final int AHEAD_STATEMENTS = 100;

  private final Session session;
  private final Catalogue catalogue;
  private final Dialect dialect;
  private final Prepared.Values values = new Prepared.Values(MOST_BYTES);
  private final Queue<Sent> sent = new ArrayDeque<>();
  private int bytesAhead;
  private @Nullable Boolean unlogged;
  private @Nullable Into into;

  PreparedRows(Session session, Catalogue catalogue, Dialect dialect) {
    this.session = session;
    this.catalogue = catalogue;
    this.dialect = dialect;
  }

  /** A statement that is under way. */
  private record Sent(Prepared statement, int rows, int bytes) {}

  /** The table that rows go into at present. */
  private static final class Into {
    final TableName table;
    final String verb;
    final String row;
    final int rowsAtOnce;
    boolean takes;
    @Nullable Prepared statement;

    Into(TableName table, boolean takes, Dialect dialect, List<Column> columns, long rowBytes) {
      this.table = table;
      this.takes = takes;
      this.verb = "INSERT INTO " + Sql.name(table) + " (" + Sql.columnList(columns) + ") VALUES ";
      this.row = String.join(",", columns.stream().map(c -> dialect.stored(c, "?")).toList());
      long most = Math.min(PARAMETERS / columns.size(), USUAL_BYTES / Math.max(1, rowBytes));
      this.rowsAtOnce = (int) Math.max(1, most);
    }

    void forget() {
      if (statement != null) {
        statement.close();
        statement = null;
      }
    }
  }

  /** Whether rows like these arrive with the least work so. */
  boolean suit(Table table, TableName as, long bytes, long rows) {
    int columns = table.columns().size();
    long rowBytes = bytes / rows;
    if (columns == 0
        || columns > PARAMETERS
        || rowBytes / columns < dialect.longValue()
        || rowBytes > USUAL_BYTES
        || !unlogged()) {
      return false;
    }
    Into now = into;
    if (now == null || !now.table.equals(as)) {
      if (now != null) {
        now.forget();
      }
      now = new Into(as, isInnoDb(as), dialect, table.columns(), rowBytes);
      into = now;
    }
    return now.takes && (rows >= now.rowsAtOnce || dialect.longValue() == 0);
  }

  /**
   * Whether the server keeps nothing of the statements of this session. In a binary log that is not
   * of rows, and for Galera, parameters stand as text in no character set: replicas would store
   * something else. For any log the server writes the whole text of each statement, which is more
   * work than what is saved. Galera may also end a transaction amid several statements.
   */
  private boolean unlogged() {
    Boolean known = unlogged;
    if (known == null) {
      known =
          catalogue
                  .one("SELECT NOT (@@log_bin AND @@sql_log_bin) AND NOT @@SESSION.slow_query_log")
                  .equals("1")
              && !catalogue
                  .one(
                      "SELECT VARIABLE_VALUE FROM information_schema.SESSION_VARIABLES"
                          + " WHERE VARIABLE_NAME='WSREP_ON'")
                  .equals("ON");
      unlogged = known;
    }
    return known;
  }

  /** What has no transactions gets one try only, which is not ours. */
  private boolean isInnoDb(TableName as) {
    return catalogue
        .one(
            "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA=%s AND TABLE_NAME=%s"
                .formatted(Sql.string(as.database()), Sql.string(as.table())))
        .equals("InnoDB");
  }

  /** Sends rows that {@link #suit}; what is wrong with how they were taken, if anything is. */
  Optional<String> send(byte[] text, int length) {
    Into now = into;
    if (now == null) {
      throw new IllegalStateException("send before suit");
    }
    // So that no bytes are converted; names pass, too. And if a deadlock takes back the transaction
    // of these statements, those under way behind it must not be committed each for itself. MariaDB
    // 11.4 was seen to begin another transaction for them, but promises it nowhere.
    session.execute("SET SESSION character_set_client=binary, autocommit=0");
    Optional<String> problem;
    try {
      Optional<String> first = MysqlErrors.orRefusal(() -> sendAll(now, text, length));
      Optional<String> late = settle();
      problem = first.or(() -> late);
    } catch (OpsException e) {
      if (MysqlErrors.code(e) != 0) {
        abandon();
      }
      throw e;
    }
    session.execute("SET SESSION character_set_client=utf8mb4");
    if (problem.isPresent()) {
      now.takes = false;
      now.forget();
    }
    return problem;
  }

  private Optional<String> sendAll(Into now, byte[] text, int length) {
    values.clear();
    int rows = 0;
    int at = 0;
    while (at < length) {
      at = values.addRow(text, at, length);
      if (at < 0) {
        return Optional.of("a row is too long for a statement");
      }
      rows++;
      if (rows == now.rowsAtOnce || values.length() >= 2 * USUAL_BYTES || at >= length) {
        Optional<String> problem = run(now, rows);
        if (problem.isPresent()) {
          return problem;
        }
        values.clear();
        rows = 0;
      }
    }
    return Optional.empty();
  }

  private Optional<String> run(Into now, int rows) {
    if (rows == now.rowsAtOnce) {
      Prepared statement = now.statement == null ? prepare(now, rows) : now.statement;
      now.statement = statement;
      send(statement, rows);
      return bytesAhead < AHEAD_BYTES && sent.size() < AHEAD_STATEMENTS
          ? Optional.empty()
          : received();
    }
    Optional<String> problem = settle();
    if (problem.isPresent()) {
      return problem;
    }
    try (Prepared shorter = prepare(now, rows)) {
      send(shorter, rows);
      return received();
    }
  }

  private Prepared prepare(Into now, int rows) {
    return session.prepare(
        now.verb + String.join(",", Collections.nCopies(rows, "(" + now.row + ")")));
  }

  private void send(Prepared statement, int rows) {
    statement.send(values);
    sent.add(new Sent(statement, rows, values.length()));
    bytesAhead += values.length();
  }

  /** Takes all that is under way, behind an answer that ended the transaction. */
  private void abandon() {
    while (!sent.isEmpty()) {
      try {
        Optional<String> unused = received();
      } catch (OpsException e) {
        if (MysqlErrors.code(e) == 0) {
          throw e;
        }
      }
    }
    session.execute("SET SESSION character_set_client=utf8mb4");
  }

  /** Waits for all that is under way. */
  private Optional<String> settle() {
    Optional<String> problem = Optional.empty();
    while (!sent.isEmpty()) {
      Optional<String> next = received();
      problem = problem.or(() -> next);
    }
    return problem;
  }

  private Optional<String> received() {
    Sent first = sent.remove();
    bytesAhead -= first.bytes();
    return MysqlErrors.orRefusal(
        () -> {
          Done done = first.statement().receive();
          return done.affected() == first.rows() && done.warnings() == 0
              ? Optional.empty()
              : Optional.of(
                  "%d of %d rows, %d warnings"
                      .formatted(done.affected(), first.rows(), done.warnings()));
        });
  }
}
