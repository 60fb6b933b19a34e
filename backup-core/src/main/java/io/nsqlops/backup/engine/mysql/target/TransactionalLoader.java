package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.ChunkLoader;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.engine.mysql.session.Warning;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Loads chunks, each in one transaction with its ledger row: by LOAD DATA LOCAL where the server
 * takes it. Rows that it does not take so are given to it as INSERT statements.
 */
public final class TransactionalLoader implements ChunkLoader {
  private static final String FORMAT =
      " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ";

  private final Session session;
  private final ServerInfo server;
  private final Dialect dialect;
  private final boolean byFile;
  private final Catalogue catalogue;
  private final RestoreMark mark;

  public TransactionalLoader(Session session, ServerInfo server, Dialect dialect, boolean byFile) {
    this.session = session;
    this.server = server;
    this.dialect = dialect;
    this.byFile = byFile;
    this.catalogue = new Catalogue(session, server.address());
    this.mark = new RestoreMark(session, server.address());
  }

  @Override
  public Set<Integer> loaded(TableName as) {
    return mark.loaded(as);
  }

  @Override
  public void load(
      Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows) {
    Optional<String> refused =
        byFile ? byFile(table, as, text, length, rows) : Optional.of("LOAD DATA LOCAL is off");
    if (refused.isPresent()) {
      Optional<String> problem = byInsert(table, as, text, length);
      if (problem.isPresent()) {
        String all = byFile ? refused.get() + "; as INSERT: " + problem.get() : problem.get();
        throw otherwise(as, chunks, all);
      }
    }
    mark.note(as, chunks);
    session.execute("COMMIT");
  }

  private OpsException otherwise(TableName as, List<Integer> chunks, String how) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        as.toString(),
        "%s took chunks %s of %s otherwise than they are: %s"
            .formatted(server.address(), chunks, as, how),
        "compare version, sql_mode and character sets of the target with the source's");
  }

  /** Leaves the transaction open if every row arrived as it is; else undoes it and says why. */
  private Optional<String> byFile(Table table, TableName as, byte[] text, int length, long rows) {
    session.execute("BEGIN");
    Session.Done done = session.load(statement(table, as), text, length);
    Optional<String> problem = problem(table, done, rows, text, length);
    if (problem.isPresent()) {
      rollBack(as, problem.get());
    }
    return problem;
  }

  /** Like {@link #byFile}, row by row. */
  private Optional<String> byInsert(Table table, TableName as, byte[] text, int length) {
    session.execute("BEGIN");
    List<String> problems = new ArrayList<>();
    new InsertStatements(table, as)
        .each(
            text,
            length,
            (sql, rows) -> {
              problem(table, session.execute(sql), rows, text, length).ifPresent(problems::add);
              return problems.isEmpty();
            });
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    rollBack(as, problems.get(0));
    return Optional.of(problems.get(0));
  }

  private void rollBack(TableName as, String problem) {
    if (session.execute("ROLLBACK").warnings() > 0) {
      throw new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          as.toString(),
          "%s took rows of %s otherwise than they are, and cannot take them back: %s"
              .formatted(server.address(), as, problem),
          "drop " + as + " and restore it again; its storage engine has no transactions");
    }
  }

  /** What is wrong with what the last statement did, if anything is. */
  private Optional<String> problem(
      Table table, Session.Done done, long rows, byte[] text, int length) {
    List<Warning> warnings = done.warnings() > 0 ? catalogue.warnings() : List.of();
    if (done.affected() == rows
        && new EnumErrors(table).explain(warnings, done.warnings(), text, length)) {
      return Optional.empty();
    }
    String first = warnings.isEmpty() ? "no warning given" : warnings.get(0).toString();
    return Optional.of("%d of %d rows, %s".formatted(done.affected(), rows, first));
  }

  /** Columns of types that refuse plain bytes go through a variable and a conversion. */
  private String statement(Table table, TableName as) {
    List<String> fields = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (Column column : table.columns()) {
      if (dialect.textTypes().contains(column.type())) {
        String variable = "@v" + fields.size();
        fields.add(variable);
        sets.add(Sql.name(column.name()) + "=CONVERT(" + variable + " USING utf8mb4)");
      } else {
        fields.add(Sql.name(column.name()));
      }
    }
    if (fields.isEmpty()) {
      fields.add("@nothing"); // all columns are generated
    }
    String set = sets.isEmpty() ? "" : " SET " + String.join(", ", sets);
    return "LOAD DATA LOCAL INFILE 'chunk' INTO TABLE "
        + Sql.name(as)
        + FORMAT
        + "("
        + String.join(",", fields)
        + ")"
        + set;
  }

  @Override
  public void addIndexes(Table table, TableName as) {
    if (!dialect.deferIndexes()) {
      return;
    }
    List<String> present = new ArrayList<>();
    catalogue.each(
        "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=?",
        List.of(as.database(), as.table()),
        row -> present.add(row.getString(1)));
    for (RawText statement : CreateTable.parse(table.ddl()).addIndexes(as, present)) {
      try {
        session.execute(statement.bytes());
      } catch (OpsException e) {
        throw MysqlErrors.whileMaking("table " + as, e);
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
