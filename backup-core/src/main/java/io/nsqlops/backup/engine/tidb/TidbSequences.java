package io.nsqlops.backup.engine.tidb;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;

/** TiDB tells where a sequence stands by the next value that is not in anyone's cache. */
final class TidbSequences {
  private TidbSequences() {}

  /** SETVAL names a value as used, so the one before the next is set. */
  static String restore(Catalogue catalogue, TableName sequence) {
    List<Long> next = new ArrayList<>();
    catalogue.each(
        "SHOW TABLE " + Sql.name(sequence) + " NEXT_ROW_ID",
        List.of(),
        row -> {
          if ("SEQUENCE".equals(row.getString("ID_TYPE"))) {
            // a descending sequence prints its negative values as unsigned
            next.add(Long.parseUnsignedLong(row.getString("NEXT_GLOBAL_ROW_ID")));
          }
        });
    String increment =
        catalogue.one(
            "SELECT INCREMENT FROM information_schema.SEQUENCES WHERE SEQUENCE_SCHEMA="
                + Sql.string(sequence.database())
                + " AND SEQUENCE_NAME="
                + Sql.string(sequence.table()));
    long before = increment.startsWith("-") ? next.get(0) + 1 : next.get(0) - 1;
    return "SELECT SETVAL(" + Sql.name(sequence) + ", " + before + ")";
  }
}
