package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.ChunkLoader;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.engine.mysql.session.Warning;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Loads chunks, each in one transaction with its ledger row: by LOAD DATA LOCAL where the server
 * takes it, or as parameters of a prepared statement where that is less work. Rows that it does not
 * take so are given to it as INSERT statements.
 */
public final class TransactionalLoader implements ChunkLoader {
  private static final String FORMAT =
      " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ";

  private static final int MOST_TRIES = 20;

  private final Session session;
  private final ServerInfo server;
  private final Dialect dialect;
  private final boolean byFile;
  private final ServerZone zone;
  private final Catalogue catalogue;
  private final RestoreMark mark;
  private final PreparedRows prepared;

  public TransactionalLoader(
      Session session, ServerInfo server, Dialect dialect, boolean byFile, ServerZone zone) {
    this.session = session;
    this.server = server;
    this.dialect = dialect;
    this.byFile = byFile;
    this.zone = zone;
    this.catalogue = new Catalogue(session, server.address());
    this.mark = new RestoreMark(session, server.address());
    this.prepared = new PreparedRows(session, catalogue, dialect);
  }

  @Override
  public Set<Integer> loaded(TableName as) {
    return mark.loaded(as);
  }

  @Override
  public void load(
      Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {
    for (int tries = 1; ; tries++) {
      try {
        loadOnce(table, as, chunks, text, length, rows);
        return;
      } catch (OpsException e) {
        if (!MysqlErrors.isConflict(e) || tries == MOST_TRIES) {
          throw e;
        }
        session.execute("ROLLBACK"); // also of what ran behind the transaction that was ended
      }
    }
  }

  private void loadOnce(
      Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {
    List<Way> ways = new ArrayList<>();
    boolean byExpression = InsertStatements.areNeeded(table, server, text, length);
    if (!byExpression && prepared.suit(table, as, length, rows)) {
      ways.add(new Way("as parameters", () -> prepared.send(text, length)));
    }
    if (byFile && !byExpression) {
      ways.add(new Way("by LOAD DATA", () -> byFile(table, as, text, length, rows)));
    }
    ways.add(new Way("as INSERT", () -> byInsert(table, as, text, length)));
    List<String> problems = new ArrayList<>();
    for (Way way : ways) {
      session.execute("BEGIN");
      Optional<String> problem = way.problem();
      if (problem.isEmpty()) {
        mark.note(as, chunks);
        session.execute("COMMIT");
        return;
      }
      rollBack(as, problem.get());
      problems.add(way.name() + ": " + problem.get());
    }
    throw otherwise(as, chunks, String.join("; ", problems));
  }

  /**
   * A way for rows to arrive.
   *
   * @param send sends all rows of a load; what is wrong with how they were taken, if anything is
   */
  private record Way(String name, Supplier<Optional<String>> send) {
    Optional<String> problem() {
      return MysqlErrors.orRefusal(send);
    }
  }

  private OpsException otherwise(TableName as, List<Integer> chunks, String how) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        as.toString(),
        "%s does not take chunks %s of %s as they are: %s"
            .formatted(server.address(), chunks, as, how),
        "compare version, sql_mode, time zone and character sets of the target with the source's");
  }

  private Optional<String> byFile(Table table, TableName as, byte[] text, int length, long rows) {
    Session.Done done = session.load(statement(table, as), text, length);
    return problem(table, done, rows, text, length);
  }

  private Optional<String> byInsert(Table table, TableName as, byte[] text, int length) {
    List<String> problems = new ArrayList<>();
    new InsertStatements(table, as)
        .each(
            text,
            length,
            (sql, rows) -> {
              problem(table, session.execute(sql), rows, text, length).ifPresent(problems::add);
              return problems.isEmpty();
            });
    return problems.stream().findFirst();
  }

  private void rollBack(TableName as, String problem) {
    if (session.execute("ROLLBACK").warnings() > 0) {
      throw new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          as.toString(),
          "%s took rows of %s otherwise than they are, and cannot take them back: %s"
              .formatted(server.address(), as, problem),
          "empty " + as + " first; its storage engine has no transactions");
    }
  }

  /** What is wrong with what the last statement did, if anything is. */
  private Optional<String> problem(
      Table table, Session.Done done, long rows, byte[] text, int length) {
    List<Warning> warnings = done.warnings() > 0 ? catalogue.warnings() : List.of();
    if (done.affected() == rows
        && new LoadWarnings(table).areHarmless(warnings, done.warnings(), text, length)) {
      return Optional.empty();
    }
    String first = warnings.isEmpty() ? "no warning given" : warnings.get(0).toString();
    return Optional.of("%d of %d rows, %s".formatted(done.affected(), rows, first));
  }

  private String statement(Table table, TableName as) {
    return "LOAD DATA LOCAL INFILE 'chunk' INTO TABLE "
        + Sql.name(as)
        + FORMAT
        + LoadColumns.of(table.columns(), dialect::isConverted);
  }

  @Override
  public void complete(Table table, TableName as, boolean created) {
    if (!dialect.deferIndexes()) {
      return;
    }
    CreateTable parsed = CreateTable.parse(table.ddl());
    List<OpsException> refused = new ArrayList<>();
    zone.in(
        session,
        () -> {
          if (!zone.isUtc()) {
            parsed.computeAnew(as, !created).ifPresent(s -> refused.addAll(computed(as, s)));
          }
          if (created) {
            refused.addAll(added(parsed, as));
          }
        });
    Alterations.requireNone(refused);
  }

  private List<OpsException> computed(TableName as, RawText statement) {
    String what = "what is computed from timestamps in " + as;
    try {
      return Alterations.refused(session, what, List.of(statement));
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.USAGE) {
        throw e;
      }
      // a right is missing, and the rows are there
      return List.of(
          new OpsException(
              ErrorKind.PARTIAL,
              as.toString(),
              what + " is so in UTC, not in the server's time zone: " + e.getMessage(),
              "run as an account that may: " + statement,
              e));
    }
  }

  private List<OpsException> added(CreateTable parsed, TableName as) {
    List<OpsException> refused = new ArrayList<>();
    if (parsed.hasChecks()) {
      parsed
          .addChecks(as, checks(as))
          .ifPresent(a -> refused.addAll(refused("a check of " + as, a)));
    }
    parsed
        .addIndexes(as, indexes(as))
        .forEach(a -> refused.addAll(refused("an index of " + as, a)));
    return refused;
  }

  private List<OpsException> refused(String what, CreateTable.Addition addition) {
    List<OpsException> all = Alterations.refused(session, what, List.of(addition.together()));
    // one that is refused takes those of the same statement with it; one alone would be again
    boolean others = !all.isEmpty() && addition.apart().size() > 1;
    return others ? Alterations.refused(session, what, addition.apart()) : all;
  }

  private List<String> checks(TableName as) {
    return catalogue.column(
        "SELECT CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=? AND CONSTRAINT_TYPE='CHECK'",
        List.of(as.database(), as.table()));
  }

  private List<String> indexes(TableName as) {
    return catalogue.column(
        "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=?",
        List.of(as.database(), as.table()));
  }

  @Override
  public void close() {
    session.close();
  }
}
