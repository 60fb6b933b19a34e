package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.TableName;
import java.io.InputStream;
import java.util.Optional;

/** Runs statements of a script, one after the other. Used by one thread. */
public interface ScriptSession extends AutoCloseable {

  /** Runs a statement as it is. */
  void run(byte[] statement);

  /**
   * Runs a statement that puts rows in, under a sql_mode that refuses or changes no date a column
   * can hold; the script's own mode is back for the next {@link #run}.
   *
   * @return what is worth telling, although the rows are as they were
   * @throws io.nsqlops.backup.error.OpsException USAGE if the server changed a value
   */
  Optional<String> insert(byte[] statement);

  /** Like {@link #insert}: LOAD DATA LOCAL with this content in the place of the file it names. */
  Optional<String> load(byte[] statement, InputStream content);

  /** Like {@link #insert}: loads Dumpling's CSV. USAGE also if another number of rows was taken. */
  Optional<String> loadCsv(TableName table, CsvContent csv);

  /** How quotes are meant, as sql_mode stands. */
  Quoting quoting();

  @Override
  void close();
}
