package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.repository.ChunkVault;

/** Adds up what a backup came to. Thread-safe. */
final class Tally {
  private long tables;
  private long rows;
  private long bytes;
  private long storedBytes;
  private long chunks;
  private long newBytes;
  private long newChunks;

  synchronized void table(TableBackup table) {
    tables++;
    rows += table.rows();
    bytes += table.bytes();
    chunks += table.chunks().size();
    storedBytes += table.chunks().stream().mapToLong(ChunkRef::storedBytes).sum();
  }

  synchronized void stored(ChunkVault.Put put) {
    if (put.isNew()) {
      newBytes += put.storedBytes();
      newChunks++;
    }
  }

  synchronized Manifest.Totals totals() {
    return new Manifest.Totals(tables, rows, bytes, storedBytes, newBytes, chunks, newChunks);
  }
}
