package io.nsqlops.backup.engine.mysql.snapshot;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.TableName;
import java.util.ArrayList;
import java.util.List;

/** How a server tells where a sequence stands. */
public interface SequenceState {

  /** The statement that puts a fresh sequence where this one stands; never below it. */
  String restore(Catalogue catalogue, TableName sequence);

  /** MariaDB: a sequence is a table of one row. */
  SequenceState MARIADB =
      (catalogue, sequence) -> {
        List<String> values = new ArrayList<>();
        catalogue.each(
            "SELECT next_not_cached_value, cycle_count FROM " + Sql.name(sequence),
            List.of(),
            row -> values.add(row.getString(1) + ", 0, " + row.getString(2)));
        return "SELECT SETVAL(" + Sql.name(sequence) + ", " + values.get(0) + ")";
      };
}
