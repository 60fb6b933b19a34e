package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.function.Supplier;

/** Reads tables through one session that stands at the snapshot already. */
final class SessionTableReader implements TableReader {
  private final Session session;
  private final Catalogue catalogue;
  private final Runnable onClose;

  /**
   * Takes a session over until closed.
   *
   * @param onClose gives the session back
   */
  public SessionTableReader(Session session, String address, Runnable onClose) {
    this.session = session;
    this.catalogue = new Catalogue(session, address);
    this.onClose = onClose;
  }

  @Override
  public Table describe(TableName name) {
    return reading(name, () -> catalogue.describe(name));
  }

  @Override
  public List<RawText> splitKeys(Table table, int parts) {
    return Catalogue.showsOthers(table)
        ? List.of()
        : reading(table.name(), () -> new SplitKeys(session, catalogue).find(table, parts));
  }

  @Override
  public long count(Table table) {
    return Catalogue.showsOthers(table)
        ? 0
        : reading(table.name(), () -> Long.parseLong(catalogue.one(Sql.count(table))));
  }

  @Override
  public void read(Table table, KeyRange range, long limit, RowSink sink) {
    if (Catalogue.showsOthers(table)) {
      return;
    }
    try {
      session.read(Sql.select(table, range, limit), table.keyColumns(), sink);
    } catch (OpsException e) {
      String what = "table " + table.name();
      // a condition may name other tables, which need never have been there
      throw table.condition().isEmpty()
          ? MysqlErrors.whileReading(what, e)
          : MysqlErrors.orUnreadable(what, e);
    }
  }

  private static <T> T reading(TableName table, Supplier<T> action) {
    try {
      return action.get();
    } catch (OpsException e) {
      throw MysqlErrors.whileReading("table " + table, e);
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
