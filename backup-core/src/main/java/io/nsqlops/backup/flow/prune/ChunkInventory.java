package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.repository.ChunkTable;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.ObjectInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;

/** All chunk objects of a repository, and which of them are needed: some 50 bytes each. */
final class ChunkInventory {
  private final ChunkTable table = new ChunkTable();
  private final BitSet needed = new BitSet();
  private final BitSet released = new BitSet();
  private long[] sizes = new long[64];
  private long[] modified = new long[64];

  /** Lists them. Objects whose names are no chunks' names are not ours to judge. */
  static ChunkInventory of(Repository repository) {
    ChunkInventory inventory = new ChunkInventory();
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.CHUNKS)) {
      listed.forEach(inventory::add);
    }
    return inventory;
  }

  private void add(ObjectInfo object) {
    String name = object.key().substring(object.key().lastIndexOf('/') + 1);
    if (!ChunkTable.isName(name) || !RepositoryLayout.chunk(name).equals(object.key())) {
      return;
    }
    int row = table.size();
    if (row == sizes.length) {
      sizes = Arrays.copyOf(sizes, row * 2);
      modified = Arrays.copyOf(modified, row * 2);
    }
    table.add(name);
    sizes[row] = object.size();
    modified[row] = object.modified().getEpochSecond();
  }

  int size() {
    return table.size();
  }

  /**
   * A backup that stays names this chunk.
   *
   * @return false if the chunk is missing
   */
  boolean need(String id) {
    return table.mark(id, needed);
  }

  void forgetNeeds() {
    needed.clear();
  }

  /** A backup that goes names this chunk. */
  void release(String id) {
    table.mark(id, released);
  }

  boolean isNeeded(int row) {
    return needed.get(row);
  }

  /** Whether no backup names it, not even one that goes: it is what a backup left unfinished. */
  boolean isOrphan(int row) {
    return !needed.get(row) && !released.get(row);
  }

  /** Whether it was stored before this moment, to the second. */
  boolean isOlder(int row, Instant than) {
    return modified[row] <= than.getEpochSecond();
  }

  long bytes(int row) {
    return sizes[row];
  }

  String name(int row) {
    return table.name(row);
  }

  /** The row of an object, or -1. */
  int row(String name) {
    return table.row(name);
  }
}
