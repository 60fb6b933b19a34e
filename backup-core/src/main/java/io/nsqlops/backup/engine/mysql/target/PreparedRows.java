package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Prepared;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Session.Done;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows as parameters of prepared INSERT statements. MariaDB takes a parameter's bytes in one go,
 * where LOAD DATA looks at each and appends it with a call; but each parameter has its price, so
 * this pays with long values only. docs/performance.md says how much.
 */
final class PreparedRows implements AutoCloseable {
  /** Parameters of one statement: with more, what a server keeps about them leaves its caches. */
  private static final int PARAMETERS = 1000;

  /** Statements that are sent before the outcome of the first is awaited: the way there is long. */
  private static final int AHEAD = 8;

  /** A statement ends with the row that passes this size. */
  private static final int STATEMENT_BYTES = 1 << 20;

  /** Rows longer than this are left to LOAD DATA: servers bound what one statement may bring. */
  private static final int ROW_BYTES = 2 << 20;

  private final Session session;
  private final TableName as;
  private final String verb;
  private final String row;
  private final int rowsAtOnce;
  private @Nullable Prepared statement;
  private final Prepared.Values values = new Prepared.Values();

  private final Queue<Sent> sent = new ArrayDeque<>();

  /** A statement with this many rows is under way. */
  private record Sent(Prepared statement, int rows) {}

  PreparedRows(Session session, Table table, TableName as, Dialect dialect) {
    this.session = session;
    this.as = as;
    List<Column> columns = table.columns();
    this.verb = "INSERT INTO " + Sql.name(as) + " (" + Sql.columnList(columns) + ") VALUES ";
    this.row = String.join(",", columns.stream().map(c -> dialect.stored(c, "?")).toList());
    this.rowsAtOnce = Math.max(1, PARAMETERS / columns.size());
  }

  /** Whether the rows of a table can be sent so at all. */
  static boolean fit(Table table) {
    int columns = table.columns().size();
    return columns > 0 && columns <= PARAMETERS;
  }

  TableName table() {
    return as;
  }

  private Prepared prepare(int rows) {
    return session.prepare(verb + String.join(",", Collections.nCopies(rows, "(" + row + ")")));
  }

  /** Sends rows; what is wrong with how they were taken, if anything is. */
  Optional<String> send(byte[] text, int length) {
    // so that no bytes are converted; names pass, too
    session.execute("SET SESSION character_set_client=binary");
    Optional<String> problem = tried(text, length);
    session.execute("SET SESSION character_set_client=utf8mb4");
    return problem;
  }

  /** What a server refuses so, it may take otherwise. */
  private Optional<String> tried(byte[] text, int length) {
    Optional<String> problem = orRefusal(() -> sendAll(text, length));
    Optional<String> late = settle();
    return problem.or(() -> late);
  }

  private static Optional<String> orRefusal(Supplier<Optional<String>> action) {
    try {
      return action.get();
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.INTERNAL) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> sendAll(byte[] text, int length) {
    int rows = 0;
    int at = 0;
    values.clear();
    while (at < length) {
      int next = values.addRow(text, at, length);
      if (next - at > ROW_BYTES) {
        return Optional.of("a row of " + (next - at) + " bytes");
      }
      at = next;
      rows++;
      if (rows == rowsAtOnce || values.length() >= STATEMENT_BYTES || at >= length) {
        Optional<String> problem = run(rows);
        if (problem.isPresent()) {
          return problem;
        }
        values.clear();
        rows = 0;
      }
    }
    return Optional.empty();
  }

  private Optional<String> run(int rows) {
    if (rows == rowsAtOnce) {
      statement = statement == null ? prepare(rows) : statement;
      send(statement, rows);
      return sent.size() < AHEAD ? Optional.empty() : received();
    }
    Optional<String> problem = settle();
    if (problem.isPresent()) {
      return problem;
    }
    try (Prepared shorter = prepare(rows)) {
      send(shorter, rows);
      return received();
    }
  }

  private void send(Prepared prepared, int rows) {
    prepared.send(values);
    sent.add(new Sent(prepared, rows));
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
    return orRefusal(
        () -> {
          Done done = first.statement().receive();
          return done.affected() == first.rows() && done.warnings() == 0
              ? Optional.empty()
              : Optional.of(
                  "%d of %d rows, %d warnings"
                      .formatted(done.affected(), first.rows(), done.warnings()));
        });
  }

  @Override
  public void close() {
    if (statement != null) {
      statement.close();
    }
  }
}
