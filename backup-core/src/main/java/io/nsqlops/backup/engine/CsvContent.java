package io.nsqlops.backup.engine;

import java.io.InputStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Rows as CSV: texts in quotes, escaped by backslashes, {@code \\N} for NULL.
 *
 * @param columns in the order of the fields; one without a name holds nothing
 * @param carriageReturn whether lines end with CR and LF
 * @param utf8 whether texts are UTF-8 whatever the character sets of their columns; else they are
 *     the bytes that are stored
 * @param content without a header
 * @param records how many there were, once all is read
 */
public record CsvContent(
    List<String> columns,
    boolean carriageReturn,
    boolean utf8,
    InputStream content,
    LongSupplier records) {
  public CsvContent {
    columns = List.copyOf(columns);
  }
}
