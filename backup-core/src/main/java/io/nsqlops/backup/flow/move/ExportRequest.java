package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.write.DumpFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * Where an export goes and how.
 *
 * @param to the directory
 * @param statementBytes an INSERT ends with the row that reaches this size
 * @param fileBytes a data file ends with the chunk that reaches this size of canonical text
 * @param threads files written at once
 * @param accountsLeftOut names of accounts the backup holds and the export does not
 */
public record ExportRequest(
    Path to,
    DumpFormat format,
    Compression compression,
    int statementBytes,
    long fileBytes,
    int threads,
    List<String> accountsLeftOut) {
  public static final int STATEMENT_BYTES = 1_000_000;
  public static final long FILE_BYTES = 256L << 20;

  public ExportRequest {
    accountsLeftOut = List.copyOf(accountsLeftOut);
    if (statementBytes < 1 || fileBytes < 1 || threads < 1) {
      throw new IllegalArgumentException("sizes and threads are positive");
    }
  }
}
