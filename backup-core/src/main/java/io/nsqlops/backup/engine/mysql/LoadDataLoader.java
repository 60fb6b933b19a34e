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
import java.util.Set;

/** Loads chunks by LOAD DATA LOCAL, each in one transaction with its ledger row. */
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
    if (done.affected() != rows || done.warnings() > 0) {
      String why = done.warnings() > 0 ? firstWarning() : "no warning given";
      session.execute("ROLLBACK");
      throw new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          as.toString(),
          "%s took %d of %d rows of chunks %s of %s: %s"
              .formatted(server.address(), done.affected(), rows, chunks, as, why),
          "compare version, sql_mode and character sets of the target with the source's");
    }
    mark.note(as, chunks);
    session.execute("COMMIT");
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
