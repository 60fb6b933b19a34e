package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.TableName;
import java.util.function.Function;

/**
 * What tables are read for.
 *
 * @param baseline how to share them out
 * @param ofOneMoment whether all sessions see the same rows, so that what the ranges of a table
 *     hold and what the server counts in it must be the same
 * @param storing what becomes of their chunks
 * @param conditions in SQL, which rows of a table are read; empty for all
 */
record Reading(
    Baseline baseline,
    boolean ofOneMoment,
    TableDump.Storing storing,
    Function<TableName, String> conditions) {

  /** For the first time and for good, from a snapshot: nobody else will find a row missing. */
  static Reading ofSnapshot(
      Baseline baseline, TableDump.Storing storing, Function<TableName, String> conditions) {
    return new Reading(baseline, true, storing, conditions);
  }

  /**
   * Once more, to be compared with what is known: nothing is stored, and rows may come and go
   * meanwhile, which the comparison tells.
   */
  static Reading again(Baseline known, Function<TableName, String> conditions) {
    return new Reading(known, false, (vault, id, text, length) -> 0, conditions);
  }
}
