package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.ChunkLoader;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.OtherBackups;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Loads tables with several threads. Each thread keeps to a table of its own while there is one:
 * servers take the rows of one connection in key order faster than those of two. Whoever runs out
 * of tables helps with the largest.
 */
final class TableLoading {
  private final Repository repository;
  private final SnapshotImporter importer;
  private final Progress progress;
  private final RateLimit downloads;
  private final boolean creating;
  private final Failures failures;
  private final List<String> unfinished = Collections.synchronizedList(new ArrayList<>());

  /** Decides about failures. */
  interface Failures {
    /** Throws the failure, if others are not to be loaded after it. Called by several threads. */
    void add(TableRestore table, OpsException failure);
  }

  /**
   * Prepares.
   *
   * @param creating whether this restore makes tables, and completes them; else it fills them only
   */
  TableLoading(
      Repository repository,
      SnapshotImporter importer,
      Progress progress,
      RateLimit downloads,
      boolean creating,
      Failures failures) {
    this.downloads = downloads;
    this.creating = creating;
    this.failures = failures;
    this.repository = repository;
    this.importer = importer;
    this.progress = progress;
  }

  /** A table to load, or to help with. */
  private record Unit(OpenTable table, boolean help) {
    static final Comparator<Unit> ORDER =
        Comparator.comparing(Unit::help)
            .thenComparing(u -> -u.table.restore.source().bytes())
            .thenComparing(u -> u.table.restore.as());
  }

  /**
   * Loads them.
   *
   * @return indexes that could not be made, although the rows are there
   */
  List<String> load(RestorePlan plan, int threads) {
    WorkPool<Unit> pool = new WorkPool<>("loader", Unit.ORDER);
    for (TableRestore table : plan.tables()) {
      OpenTable open = new OpenTable(table);
      pool.add(new Unit(open, false));
      for (int i = 1; i < threads && open.hasSeveralBatches(); i++) {
        pool.add(new Unit(open, true));
      }
    }
    pool.run(threads, () -> new Loader(pool, importer.loader(), plan.backupId()));
    return List.copyOf(unfinished);
  }

  /** What to say of a table that has all its rows and lacks something else. */
  static String unfinished(TableName table, OpsException cause) {
    return "could not finish table " + table + ": " + cause.getMessage();
  }

  /** A table whose batches are handed out one by one. */
  private static final class OpenTable {
    private static final long BATCH_BYTES = 8 << 20;

    private final TableRestore restore;
    private int next;
    private int loading;

    OpenTable(TableRestore restore) {
      this.restore = restore;
    }

    boolean hasSeveralBatches() {
      return restore.source().bytes() > BATCH_BYTES;
    }

    /** Numbers of the next few chunks; empty if none are left. */
    synchronized List<Integer> take() {
      List<ChunkRef> chunks = restore.source().chunks();
      List<Integer> batch = new ArrayList<>();
      long bytes = 0;
      while (next < chunks.size()
          && (batch.isEmpty() || bytes + chunks.get(next).bytes() <= BATCH_BYTES)) {
        bytes += chunks.get(next).bytes();
        batch.add(next++);
      }
      if (!batch.isEmpty()) {
        loading++;
      }
      return batch;
    }

    /**
     * No batch is handed out any more, and none is the last.
     *
     * @return what the rest comes to
     */
    synchronized long giveUp() {
      List<ChunkRef> chunks = restore.source().chunks();
      long rest = chunks.subList(next, chunks.size()).stream().mapToLong(ChunkRef::bytes).sum();
      next = chunks.size();
      loading++;
      return rest;
    }

    /** Whether this was the last batch of all. */
    synchronized boolean done() {
      loading--;
      return loading == 0 && next == restore.source().chunks().size();
    }
  }

  private final class Loader implements WorkPool.Worker<Unit> {
    private final WorkPool<Unit> pool;
    private final ChunkLoader loader;
    private final ChunkVault vault;
    private final String backupId;

    /** Room for the text of several chunks, used again. */
    private byte[] room = new byte[0];

    Loader(WorkPool<Unit> pool, ChunkLoader loader, String backupId) {
      this.pool = pool;
      this.loader = loader;
      this.vault = repository.chunks();
      this.backupId = backupId;
    }

    @Override
    public void work(Unit unit) {
      try {
        loadTable(unit);
      } catch (OpsException e) {
        failures.add(unit.table().restore, e);
        progress.settled(unit.table().giveUp(), 0);
      }
    }

    private void loadTable(Unit unit) {
      OpenTable table = unit.table();
      TableRestore restore = table.restore;
      if (restore.source().chunks().isEmpty()) {
        if (!unit.help()) {
          complete(restore);
        }
        return;
      }
      List<Integer> batch = table.take();
      if (batch.isEmpty()) {
        return;
      }
      Set<Integer> landed = null;
      while (!batch.isEmpty() && !pool.failed()) {
        try {
          landed = landed == null ? loader.loaded(restore.as()) : landed;
          load(restore, batch, landed);
        } catch (OpsException e) {
          // of a table that is given up nothing more is to come
          progress.settled(bytes(restore, batch), 0);
          throw e;
        }
        if (table.done()) {
          complete(restore);
        }
        batch = table.take();
      }
    }

    private void complete(TableRestore restore) {
      try {
        loader.complete(restore.source().table(), restore.as(), creating);
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.PARTIAL) {
          throw e;
        }
        unfinished.add(unfinished(restore.as(), e));
      }
    }

    private void load(TableRestore restore, List<Integer> batch, Set<Integer> landed) {
      List<Integer> missing = batch.stream().filter(c -> !landed.contains(c)).toList();
      List<ChunkRef> chunks = missing.stream().map(restore.source().chunks()::get).toList();
      long rows = chunks.stream().mapToLong(ChunkRef::rows).sum();
      int length = chunks.stream().mapToInt(c -> (int) c.bytes()).sum();
      if (!missing.isEmpty()) {
        TableName as = restore.as();
        try {
          byte[] text = fetched(restore.source().table().name(), chunks, length);
          downloads.spend(chunks.stream().mapToLong(ChunkRef::storedBytes).sum());
          loader.load(restore.source().table(), as, missing, text, length, rows);
        } catch (OutOfMemoryError e) {
          throw Heap.tooSmallFor(as, e);
        }
      }
      progress.advanced(
          batch.stream().mapToLong(c -> restore.source().chunks().get(c).rows()).sum(),
          bytes(restore, batch));
    }

    private static long bytes(TableRestore restore, List<Integer> batch) {
      return batch.stream().mapToLong(c -> restore.source().chunks().get(c).bytes()).sum();
    }

    private byte[] fetched(TableName table, List<ChunkRef> chunks, int length) {
      try {
        return concatenated(chunks, length);
      } catch (OpsException e) {
        throw ChunkVault.isDamage(e) ? damaged(table, e) : e;
      }
    }

    private OpsException damaged(TableName table, OpsException cause) {
      return new OpsException(
          ErrorKind.VERIFICATION_FAILED,
          table.toString(),
          "rows of table %s cannot be had: %s".formatted(table, cause.getMessage()),
          "`nsql-ops verify` tells what else is damaged. A new backup of the same rows mends this one; "
              + OtherBackups.ofTheSameRows(repository, backupId, "restore the table from"),
          cause);
    }

    /** The text of all chunks, followed by anything. */
    private byte[] concatenated(List<ChunkRef> chunks, int length) {
      if (chunks.size() == 1) {
        return vault.get(chunks.get(0));
      }
      room = room.length < length ? new byte[length] : room;
      int at = 0;
      for (ChunkRef chunk : chunks) {
        byte[] part = vault.get(chunk);
        System.arraycopy(part, 0, room, at, part.length);
        at += part.length;
      }
      return room;
    }

    @Override
    public void close() {
      vault.close();
      loader.close();
    }
  }
}
