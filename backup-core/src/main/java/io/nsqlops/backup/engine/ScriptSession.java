package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.TableName;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Runs statements of a script, one after the other. Used by one thread. */
public interface ScriptSession extends AutoCloseable {

  /**
   * Runs a statement as it is.
   *
   * @return what the server warned of, if anything: the first warning and how many there were
   */
  Optional<String> run(byte[] statement);

  /**
   * Runs a statement that puts rows in, under a sql_mode that refuses or changes no date a column
   * can hold; the script's own mode is back for the next {@link #run}.
   */
  Optional<String> insert(byte[] statement);

  /** Runs a LOAD DATA LOCAL statement with this content in the place of the file it names. */
  Optional<String> load(byte[] statement, InputStream content);

  /**
   * Loads Dumpling's CSV.
   *
   * @param columns in the order of the file
   * @param content without the header
   */
  Optional<String> loadCsv(TableName table, List<String> columns, InputStream content);

  /** Whether a backslash escapes in strings, as sql_mode stands. */
  boolean backslashEscapes();

  @Override
  void close();
}
