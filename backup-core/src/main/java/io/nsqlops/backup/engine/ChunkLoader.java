package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Set;

/** Loads chunks into tables. Used by one thread. */
public interface ChunkLoader extends AutoCloseable {

  /** The numbers of the chunks of this table that the ledger holds. */
  Set<Integer> loaded(TableName as);

  /**
   * Loads chunks and notes them in the ledger, in one transaction where the table has them: each
   * lands exactly once, whatever is killed.
   *
   * @param chunks their numbers within the table
   * @param text canonical text of all of them
   * @param rows how many rows must arrive
   * @throws io.nsqlops.backup.error.OpsException VERIFICATION_FAILED if they cannot be in the table
   *     as they are
   */
  void load(Table table, TableName as, List<Integer> chunks, byte[] text, int length, long rows);

  /**
   * Has computed what hangs on where the table is, and adds what was left out when it was created.
   * Idempotent.
   *
   * @param created whether the restore made the table; else its definition is left as it is
   * @throws io.nsqlops.backup.error.OpsException PARTIAL if the target does not take some of them
   */
  void complete(Table table, TableName as, boolean created);

  @Override
  void close();
}
