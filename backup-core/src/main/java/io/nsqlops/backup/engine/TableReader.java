package io.nsqlops.backup.engine;

import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.util.List;

/** Reads tables at the snapshot. Used by one thread. */
public interface TableReader extends AutoCloseable {

  /** The table's columns, key and definition. */
  Table describe(TableName name);

  /**
   * Keys that cut a splittable table into about {@code parts} equal parts, in key order. They need
   * not exist as rows; fewer are returned where the server cannot tell.
   */
  List<RawText> splitKeys(Table table, int parts);

  /** How many rows the table has, asked for in one statement of its own. */
  long count(Table table);

  /**
   * The rows of a range in key order (in no order if the table has no key), as canonical text.
   * After the sink wants no more, the rest of what was asked for is read and thrown away.
   *
   * @param limit at most this many rows
   */
  void read(Table table, KeyRange range, long limit, RowSink sink);

  @Override
  void close();
}
