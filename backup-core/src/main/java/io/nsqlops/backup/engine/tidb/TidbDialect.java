package io.nsqlops.backup.engine.tidb;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import java.util.List;
import java.util.Set;

/** How rows are loaded into TiDB. */
public final class TidbDialect {
  /**
   * Explicit values for AUTO_RANDOM columns are allowed. Indexes are made with the table: adding
   * one later is a job of its own that reads all rows again.
   */
  public static final Dialect TIDB =
      new Dialect(
          List.of("SET SESSION allow_auto_random_explicit_insert=1"),
          false,
          Set.of("json"),
          Dialect.NEVER,
          true);

  private TidbDialect() {}
}
