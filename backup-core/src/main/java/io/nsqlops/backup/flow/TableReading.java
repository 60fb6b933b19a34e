package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.CutRule;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.TableSplit;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Reads many tables of a snapshot with several threads and hands each on when it is whole. The
 * result does not depend on the number of threads.
 */
final class TableReading {
  /** With so many, it is not the tables. */
  private static final int MOST_UNREADABLE = 1000;

  private final Snapshot snapshot;
  private final Repository repository;
  private final Reading what;
  private final int threads;
  private final Progress progress;
  private final WorkPool<DumpUnit> pool = new WorkPool<>("reader", DumpUnit.LARGEST_FIRST);

  /** Tables that may change while they are read. */
  private final Set<TableName> moving = new HashSet<>();

  /** What the server cannot read, and why. */
  private final Map<TableName, OpsException> unreadable = new TreeMap<>();

  private long totalBytes;

  TableReading(
      Snapshot snapshot, Repository repository, Reading what, int threads, Progress progress) {
    this.snapshot = snapshot;
    this.repository = repository;
    this.what = what;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Reads these.
   *
   * @throws OpsException UNREADABLE if the server cannot read some, when all others are read: who
   *     mends that should not have to try again for each
   */
  void read(List<TableEstimate> tables, Consumer<TableBackup> whole) {
    totalBytes = tables.stream().mapToLong(TableEstimate::bytes).sum();
    tables.stream()
        .filter(t -> !t.looseEngine().isEmpty())
        .map(TableEstimate::name)
        .forEach(moving::add);
    Comparator<TableEstimate> order =
        Comparator.comparing(TableReading::unit, DumpUnit.LARGEST_FIRST);
    List<TableEstimate> ordered = tables.stream().sorted(order).toList();
    pool.addLater(ordered.stream().map(TableReading::unit).iterator());
    pool.run(
        threads,
        () ->
            new Reader(
                new TableDump(snapshot.reader(), repository.chunks(), this::store, progress),
                whole));
    requireAllReadable();
  }

  private void note(TableName table, OpsException e) {
    synchronized (unreadable) {
      if (unreadable.put(table, e) == null) {
        progress.warning(String.valueOf(e.getMessage()));
      }
      if (unreadable.size() >= MOST_UNREADABLE) {
        requireAllReadable();
      }
    }
  }

  private void requireAllReadable() {
    if (unreadable.isEmpty()) {
      return;
    }
    OpsException first = unreadable.values().iterator().next();
    if (unreadable.size() == 1) {
      throw first;
    }
    String names =
        String.join(", ", unreadable.keySet().stream().map(TableName::toString).toList());
    throw new OpsException(
        ErrorKind.UNREADABLE,
        first.object(),
        unreadable.size() + " tables cannot be read: " + names,
        "repair or drop them there; a backup leaves them out with --exclude",
        first.getCause());
  }

  private static DumpUnit unit(TableEstimate table) {
    return DumpUnit.table(table.name(), table.bytes());
  }

  /** Readers of long ranges learn here that another has failed. */
  private long store(ChunkVault vault, String id, byte[] text, int length) {
    if (pool.failed()) {
      throw new CancellationException("another reader failed");
    }
    return what.storing().store(vault, id, text, length);
  }

  private final class Reader implements WorkPool.Worker<DumpUnit> {
    private final TableDump dump;
    private final Consumer<TableBackup> whole;

    Reader(TableDump dump, Consumer<TableBackup> whole) {
      this.dump = dump;
      this.whole = whole;
    }

    @Override
    public void work(DumpUnit unit) {
      TableAssembly assembly = unit.assembly();
      try {
        if (assembly == null) {
          begin(unit);
        } else if (unit.isCount()) {
          assembly
              .count(dump.reader().count(assembly.table()))
              .ifPresent(table -> hand(assembly, table));
        } else {
          range(assembly, unit.part(), unit.range());
        }
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.UNREADABLE) {
          throw e;
        }
        note(unit.name(), e);
      } catch (OutOfMemoryError e) {
        throw Heap.tooSmallFor(unit.name(), e);
      }
    }

    /** Looks at a table; keeps its first range and leaves the others to whoever is free. */
    private void begin(DumpUnit unit) {
      Table table = dump.reader().describe(unit.name()).where(what.conditions().apply(unit.name()));
      TableSplit split = what.baseline().split(table.name(), unit.weight(), totalBytes, threads);
      List<RawText> parts = splitKeys(table, split.parts());
      List<Integer> shares = TableSplit.shares(parts.size() + 1, threads);
      CutRule rule = new CutRule(split.targetShift());
      List<KeyRange> ranges = dump.ranges(table, rule, ends(parts, shares));
      // one statement is believed; of several the server must say that they make up the table
      boolean counted = what.ofOneMoment() && ranges.size() > 1 && !moving.contains(table.name());
      TableAssembly assembly =
          new TableAssembly(table, unit.weight(), split.targetShift(), ranges.size(), counted);
      long part = unit.weight() / (parts.size() + 1);
      for (int i = 1; i < ranges.size(); i++) {
        pool.add(DumpUnit.range(assembly, part * shares.get(i), i, ranges.get(i)));
      }
      if (counted) {
        // behind its own ranges, before smaller tables: until then the table cannot be handed on
        pool.add(DumpUnit.count(assembly, Math.max(0, part - 1)));
      }
      range(assembly, 0, ranges.get(0));
    }

    private List<RawText> splitKeys(Table table, int parts) {
      if (parts < 2 || !table.splittable()) {
        return List.of();
      }
      List<RawText> known = what.baseline().splitKeys(table, parts);
      return known.isEmpty() ? dump.reader().splitKeys(table, parts) : known;
    }

    /** Where each range but the last ends. */
    private static List<RawText> ends(List<RawText> parts, List<Integer> shares) {
      List<RawText> ends = new ArrayList<>();
      int end = 0;
      for (int share : shares.subList(0, shares.size() - 1)) {
        end += share;
        ends.add(parts.get(end - 1));
      }
      return ends;
    }

    private void range(TableAssembly assembly, int part, KeyRange range) {
      CutRule rule = new CutRule(assembly.targetShift());
      assembly
          .add(part, dump.dump(assembly.table(), range, rule))
          .ifPresent(table -> hand(assembly, table));
    }

    private void hand(TableAssembly assembly, TableBackup table) {
      progress.settled(assembly.guessedBytes(), table.bytes());
      whole.accept(table);
    }

    @Override
    public void close() {
      dump.close();
    }
  }
}
