package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import io.nsqlops.backup.plan.UnmatchedPatterns;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what changed: between two backups, or between a backup and the live server. */
public final class DiffFlow {
  private final Repository repository;
  private final Progress progress;

  public DiffFlow(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /**
   * A table that is not the same on both sides.
   *
   * @param range holds all differing rows
   * @param onlyFirst rows whose key is only on the first side
   * @param onlySecond rows whose key is only on the second side
   * @param changed rows with the same key and other values; always 0 for tables without a key
   */
  public record TableDiff(
      TableName table,
      String state,
      KeyRange range,
      long onlyFirst,
      long onlySecond,
      long changed) {
    @Override
    public String toString() {
      return state.equals("differs")
          ? "%s, keys %s: %d rows only in the first, %d only in the second, %d changed"
              .formatted(table, range, onlyFirst, onlySecond, changed)
          : table + ": " + state;
    }
  }

  /**
   * What a comparison came to.
   *
   * @param differences in tables or their rows
   * @param definitions that differ, those of tables that are on both sides included
   */
  public record Report(
      String first,
      String second,
      long tables,
      List<TableDiff> differences,
      List<DefinitionDiff> definitions) {
    public boolean equal() {
      return differences.isEmpty() && definitions.isEmpty();
    }
  }

  /** Two backups. Only chunks that differ are fetched. */
  public Report backups(String first, String second, Selection selection) {
    BackupContents one = BackupContents.read(repository, first);
    BackupContents two = BackupContents.read(repository, second);
    requireRows(one);
    requireRows(two);
    tell(
        unmatched(selection, one).without(names(two)).withoutObjects(two.objects()),
        "backups " + one.manifest().id() + " and " + two.manifest().id());
    Map<TableName, TableBackup> left = byName(one.tables(), selection);
    Map<TableName, TableBackup> right = byName(two.tables(), selection);
    List<TableDiff> diffs = new ArrayList<>();
    List<DefinitionDiff> definitions = new ArrayList<>();
    try (ChunkVault vault = repository.chunks()) {
      for (TableName name : union(left.keySet(), right.keySet())) {
        TableBackup a = left.get(name);
        TableBackup b = right.get(name);
        if (a == null || b == null) {
          diffs.add(onOneSide(name, a == null));
        } else {
          Difference.between(name, a, b).ifPresent(d -> diffs.add(stored(vault, d, a, b)));
          DefinitionDiff.between(name, a.table(), b.table()).ifPresent(definitions::add);
        }
      }
    }
    if (hasDefinitions(one) && hasDefinitions(two)) {
      definitions.addAll(
          DefinitionDiff.between(one.objects(), two.objects(), meant(selection, one, two)));
    }
    return new Report(
        one.manifest().id(),
        two.manifest().id(),
        union(left.keySet(), right.keySet()).size(),
        diffs,
        definitions);
  }

  /** A backup and a live server. Only ranges that differ are read a second time. */
  public Report live(String backup, SnapshotExporter server, Selection selection, int threads) {
    BackupContents one = BackupContents.read(repository, backup);
    requireRows(one);
    requireMatches(one, server, selection);
    Map<TableName, TableBackup> left = byName(one.tables(), selection);
    progress.phase("compare", left.values().stream().mapToLong(TableBackup::bytes).sum());
    List<TableRestore> wanted =
        left.values().stream().map(t -> new TableRestore(t, t.table().name())).toList();
    Map<TableName, Table> read = new HashMap<>();
    List<Difference> found =
        new LiveComparison(repository, server, progress)
            .differences(
                wanted,
                threads,
                name -> condition(left.get(name)),
                table -> read.put(table.name(), table));
    List<TableDiff> diffs = new ArrayList<>();
    List<DefinitionDiff> definitions = new ArrayList<>();
    Set<TableName> all = new TreeSet<>(left.keySet());
    try (Snapshot snapshot = server.openUnlocked(1);
        TableReader reader = snapshot.reader();
        ChunkVault vault = repository.chunks()) {
      Set<TableName> there = new HashSet<>();
      snapshot.tables().stream()
          .map(TableEstimate::name)
          .filter(selection::includes)
          .filter(one.manifest().scope().selection()::includes)
          .forEach(there::add);
      for (Difference difference : found) {
        TableName name = difference.table();
        TableBackup a = left.get(name);
        if (a == null || !there.contains(name)) {
          diffs.add(onOneSide(name, false));
        } else {
          diffs.add(live(vault, reader, difference, a));
        }
      }
      for (TableName name : union(there, left.keySet())) {
        TableBackup stored = left.get(name);
        Table now = read.get(name);
        if (all.add(name)) {
          diffs.add(onOneSide(name, true));
        } else if (stored != null && now != null && there.contains(name)) {
          DefinitionDiff.between(name, stored.table(), now).ifPresent(definitions::add);
        }
      }
      if (hasDefinitions(one)) {
        Predicate<SchemaObject> meant = meant(selection, one, one);
        definitions.addAll(DefinitionDiff.between(one.objects(), snapshot.objects(meant), meant));
      }
    }
    return new Report(
        one.manifest().id(), server.server().address(), all.size(), diffs, definitions);
  }

  private static boolean hasDefinitions(BackupContents contents) {
    return contents.manifest().scope().content() != Content.DATA;
  }

  /** What the caller means and both sides were meant to hold. */
  private static Predicate<SchemaObject> meant(
      Selection selection, BackupContents one, BackupContents two) {
    return o ->
        selection.includes(o)
            && one.manifest().scope().selection().includes(o)
            && two.manifest().scope().selection().includes(o);
  }

  private static TableDiff stored(
      ChunkVault vault, Difference difference, TableBackup a, TableBackup b) {
    RowComparison rows = new RowComparison(a.table().keyColumns(), vault);
    StoredRows others = new StoredRows(vault, unlike(b, a));
    rows.compare(
        unlike(a, b),
        taker -> {
          while (others.next()) {
            taker.row(others.text(), others.start(), others.end());
          }
        });
    return differs(difference.table(), difference.range(), rows);
  }

  /** The chunks of one side that the other does not have. */
  private static List<ChunkRef> unlike(TableBackup table, TableBackup other) {
    // without a key, a chunk may occur more than once: each occurrence meets one of the other side
    Map<String, Integer> known = new HashMap<>();
    other.chunks().forEach(c -> known.merge(c.id(), 1, Integer::sum));
    return table.chunks().stream().filter(c -> known.merge(c.id(), -1, Integer::sum) < 0).toList();
  }

  private static TableDiff live(
      ChunkVault vault, TableReader reader, Difference difference, TableBackup stored) {
    Table now = reader.describe(difference.table()).where(stored.table().condition());
    boolean parted = stored.table().splittable() && now.key().equals(stored.table().key());
    RowComparison rows = new RowComparison(stored.table().keyColumns(), vault);
    RowBuffer buffer = new RowBuffer(1 << 16);
    for (KeyRange run : parted ? difference.runs() : List.of(KeyRange.all())) {
      rows.compare(
          within(stored, run),
          taker -> reader.read(now, run, Long.MAX_VALUE, new Passing(buffer, taker)));
    }
    return differs(difference.table(), parted ? difference.range() : KeyRange.all(), rows);
  }

  /** The chunks from the one behind {@code range.after} to the one that ends it. */
  private static List<ChunkRef> within(TableBackup table, KeyRange range) {
    List<ChunkRef> inside = new ArrayList<>();
    boolean in = range.after() == null;
    for (ChunkRef chunk : table.chunks()) {
      if (in) {
        inside.add(chunk);
      }
      if (chunk.last() != null) {
        in = (in || chunk.last().equals(range.after())) && !chunk.last().equals(range.upTo());
      }
    }
    return inside;
  }

  /** Passes each row on and forgets it. */
  private record Passing(RowBuffer rows, RowComparison.RowTaker taker) implements RowSink {
    @Override
    public RowBuffer buffer() {
      rows.length = 0;
      return rows;
    }

    @Override
    public boolean row(int start, int keyEnd) {
      taker.row(rows.bytes, start, rows.length);
      return true;
    }
  }

  private static TableDiff differs(TableName name, KeyRange range, RowComparison rows) {
    return new TableDiff(
        name, "differs", range, rows.onlyFirst(), rows.onlySecond(), rows.changed());
  }

  /** A backup of some rows is compared with the same rows of the server. */
  private static String condition(@Nullable TableBackup table) {
    return table == null ? "" : table.table().condition();
  }

  private static UnmatchedPatterns unmatched(Selection selection, BackupContents contents) {
    return UnmatchedPatterns.of(selection)
        .without(names(contents))
        .withoutObjects(contents.objects());
  }

  private static List<TableName> names(BackupContents contents) {
    return contents.tables().stream().map(t -> t.table().name()).toList();
  }

  /** What is on one side only is a difference; what is on neither was not meant. */
  private void requireMatches(
      BackupContents contents, SnapshotExporter server, Selection selection) {
    UnmatchedPatterns unmatched = unmatched(selection, contents);
    if (!unmatched.isEmpty()) {
      try (Snapshot snapshot = server.openUnlocked(1)) {
        tell(
            unmatched
                .without(snapshot.tables().stream().map(TableEstimate::name).toList())
                .withoutObjects(snapshot.objectNames()),
            "backup " + contents.manifest().id() + " and " + server.server().address());
      }
    }
  }

  private void tell(UnmatchedPatterns unmatched, String where) {
    unmatched.requireIncluded(where);
    unmatched.warnings(where).forEach(progress::warning);
  }

  private static void requireRows(BackupContents contents) {
    Manifest manifest = contents.manifest();
    if (manifest.scope().content() == Content.SCHEMA) {
      throw new OpsException(
          ErrorKind.USAGE,
          manifest.id(),
          "backup " + manifest.id() + " holds definitions only, no rows to compare",
          "compare a backup that was made without --schema-only");
    }
  }

  private static TableDiff onOneSide(TableName name, boolean second) {
    String state = second ? "only in the second" : "only in the first";
    return new TableDiff(name, state, KeyRange.all(), 0, 0, 0);
  }

  private static Map<TableName, TableBackup> byName(List<TableBackup> tables, Selection selection) {
    Map<TableName, TableBackup> map = new HashMap<>();
    tables.stream()
        .filter(t -> selection.includes(t.table().name()))
        .forEach(t -> map.put(t.table().name(), t));
    return map;
  }

  private static Set<TableName> union(Set<TableName> a, Set<TableName> b) {
    Set<TableName> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }
}
