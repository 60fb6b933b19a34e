package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.ChunkLoader;
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
 * Loads chunks by LOAD DATA LOCAL, each in one transaction with its ledger row. Rows that a server
 * does not take so are given to it once more as INSERT statements.
 */
final class LoadDataLoader implements ChunkLoader {
  private static final String FORMAT =
      " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ";

  private final Session session;
  private final ServerInfo server;
  private final Dialect dialect;
  private final Catalogue catalogue;
  private final RestoreMark mark;

  LoadDataLoader(Session session, ServerInfo server, Dialect dialect) {
    this.session = session;
    this.server = server;
    this.dialect = dialect;
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
    session.execute("BEGIN");
    Session.Done done = session.load(statement(table, as), text, length);
    Optional<String> problem = problem(done.affected(), done.warnings(), rows);
    if (problem.isPresent()) {
      boolean undone = session.execute("ROLLBACK").warnings() == 0;
      if (!undone || insert(table, as, text, length, rows).isPresent()) {
        throw new OpsException(
            ErrorKind.VERIFICATION_FAILED,
            as.toString(),
            "%s took chunks %s of %s otherwise than they are: %s"
                .formatted(server.address(), chunks, as, problem.get()),
            "compare version, sql_mode and character sets of the target with the source's");
      }
    }
    mark.note(as, chunks);
    session.execute("COMMIT");
  }

  /** What is wrong with what the server did, if anything is. */
  private Optional<String> problem(long affected, int warnings, long rows) {
    return affected == rows && warnings == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d rows, %s"
                .formatted(affected, rows, warnings > 0 ? firstWarning() : "silent"));
  }

  /** Loads the same rows by INSERT and leaves the transaction open; rolls back if that fails. */
  private Optional<String> insert(Table table, TableName as, byte[] text, int length, long rows) {
    session.execute("BEGIN");
    long[] affected = new long[1];
    int[] warnings = new int[1];
    Optional<String> problem;
    try {
      new InsertStatements(table, as, dialect.utf8Text())
          .of(
              text,
              length,
              statement -> {
                Session.Done done = session.execute(statement);
                affected[0] += done.affected();
                warnings[0] += done.warnings();
              });
      problem = problem(affected[0], warnings[0], rows);
    } catch (OpsException e) {
      if (MysqlErrors.code(e) == 0 || e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      problem = Optional.of("error " + MysqlErrors.code(e));
    }
    if (problem.isPresent()) {
      session.execute("ROLLBACK");
    }
    return problem;
  }

  private String firstWarning() {
    List<String> warnings = new ArrayList<>();
    catalogue.each(
        "SHOW WARNINGS", List.of(), row -> warnings.add(row.getString(2) + " " + row.getString(3)));
    return warnings.isEmpty() ? "no warning given" : warnings.get(0);
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
      session.execute(statement.bytes());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
