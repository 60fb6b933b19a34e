package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.write.ExportFile;
import io.nsqlops.backup.dump.write.RowFormat;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.OtherBackups;
import io.nsqlops.backup.repository.Repository;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fetches chunks, checked, and hands their rows to a format: one chunk in memory at a time. */
final class ChunkSource implements AutoCloseable {
  private final Repository repository;
  private final String backupId;
  private final ChunkVault vault;
  private final Progress progress;
  private final BooleanSupplier givenUp;

  /**
   * For one thread.
   *
   * @param givenUp whether another thread failed, so that going on is of no use
   */
  ChunkSource(Repository repository, String backupId, Progress progress, BooleanSupplier givenUp) {
    this.repository = repository;
    this.backupId = backupId;
    this.vault = repository.chunks();
    this.progress = progress;
    this.givenUp = givenUp;
  }

  void write(DataFile part, RowFormat rows, ExportFile file) {
    rows.begin(file);
    List<ChunkRef> chunks = part.table().source().chunks();
    for (int i = part.from(); i < part.to(); i++) {
      if (givenUp.getAsBoolean()) {
        throw new OpsException(
            ErrorKind.INTERRUPTED, "export", "the export was given up", "run it again");
      }
      @Nullable RawText after = i == 0 ? null : chunks.get(i - 1).last();
      ChunkRef chunk = chunks.get(i);
      rows.rows(file, get(part, new KeyRange(after, chunk.last()), chunk));
      progress.advanced(chunk.rows(), chunk.bytes());
    }
    rows.end(file);
  }

  private byte[] get(DataFile part, KeyRange range, ChunkRef chunk) {
    try {
      return vault.get(chunk);
    } catch (OpsException e) {
      if (!ChunkVault.isDamage(e)) {
        throw e;
      }
      throw new OpsException(
          e.kind(),
          e.object(),
          "%s, keys %s: %s".formatted(part.table().source().table().name(), range, e.getMessage()),
          "leave this table out with --exclude (`nsql-ops verify` lists all damage); a new backup of"
              + " the same rows mends this one; "
              + OtherBackups.ofTheSameRows(repository, backupId, "export"),
          e);
    }
  }

  @Override
  public void close() {
    vault.close();
  }
}
