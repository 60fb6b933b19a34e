package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RowFilter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rows. */
public final class WhereOption {
  @Option(
      names = "--where",
      paramLabel = "T=COND",
      description =
          "Of table T (db.table, with * and ?) only the rows for which COND is true, in the"
              + " server's SQL. May be repeated; conditions on one table must all be true.")
  List<String> where = new ArrayList<>();

  /** The conditions given. */
  public RowFilter filter() {
    return new RowFilter(where.stream().map(WhereOption::condition).toList());
  }

  private static RowFilter.Condition condition(String text) {
    int equals = text.indexOf('=');
    try {
      return new RowFilter.Condition(
          text.substring(0, Math.max(0, equals)), text.substring(equals + 1));
    } catch (IllegalArgumentException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          text.substring(0, Math.max(0, equals)),
          "--where " + text + ": " + e.getMessage(),
          "write --where 'db.table=CONDITION', with what may stand behind WHERE in the server's SQL",
          e);
    }
  }
}
