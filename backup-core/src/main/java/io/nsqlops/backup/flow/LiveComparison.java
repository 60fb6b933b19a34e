package io.nsqlops.backup.flow;

import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Compares tables of a live server with a backup by the digests of their chunks. */
final class LiveComparison {
  private final Repository repository;
  private final SnapshotExporter reader;
  private final Progress progress;

  LiveComparison(Repository repository, SnapshotExporter reader, Progress progress) {
    this.repository = repository;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Reads tables back.
   *
   * @return how many rows were read and found equal
   * @throws OpsException VERIFICATION_FAILED naming the differing ranges
   */
  long requireEqual(List<TableRestore> tables, int threads, boolean sample) {
    List<TableRestore> chosen = sample ? sample(tables) : tables;
    // the whole of each table: nothing else may be in it
    List<Difference> differences = differences(chosen, threads, t -> "", t -> {});
    if (differences.isEmpty()) {
      return chosen.stream().mapToLong(t -> t.source().rows()).sum();
    }
    List<String> lines = differences.stream().map(Difference::toString).toList();
    throw new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        differences.get(0).table().toString(),
        "%d %s not what the backup holds: %s"
            .formatted(
                differences.size(),
                differences.size() == 1 ? "table is" : "tables are",
                String.join("; ", lines)),
        "nobody else may write while a restore runs; see the differing rows with `nsql-ops diff`,"
            + " then drop the tables named here and run the same command again: it loads what is not"
            + " there. If they differ again, this server keeps such values otherwise (as -0, or"
            + " decimals in JSON), and --verify none takes them as it does");
  }

  /** Every tenth table that has rows, at least one: a budget, not a proof. */
  private static List<TableRestore> sample(List<TableRestore> tables) {
    List<TableRestore> filled = tables.stream().filter(t -> t.source().rows() > 0).toList();
    List<TableRestore> chosen = new ArrayList<>();
    for (int i = 0; i < filled.size(); i += 10) {
      chosen.add(filled.get(i));
    }
    return chosen;
  }

  /**
   * The tables that are not equal.
   *
   * @param conditions which rows of them count, as in {@link Reading}
   * @param read is given each table as it was found, one at a time
   */
  List<Difference> differences(
      List<TableRestore> tables,
      int threads,
      Function<TableName, String> conditions,
      Consumer<Table> read) {
    Map<TableName, TableBackup> expected = new HashMap<>();
    List<TableBackup> renamed = new ArrayList<>();
    for (TableRestore table : tables) {
      expected.put(table.as(), table.source());
      renamed.add(table.source().named(table.as()));
    }
    List<Difference> differences = new ArrayList<>();
    Set<TableName> seen = new HashSet<>();
    try (Snapshot snapshot = reader.openUnlocked(threads)) {
      List<TableEstimate> estimates =
          tables.stream().map(t -> new TableEstimate(t.as(), t.source().bytes())).toList();
      Set<TableName> there = new HashSet<>();
      snapshot.tables().forEach(t -> there.add(t.name()));
      new TableReading(
              snapshot,
              repository,
              Reading.again(Baseline.exactly(renamed), conditions),
              threads,
              progress)
          .read(
              estimates.stream().filter(t -> there.contains(t.name())).toList(),
              actual -> {
                TableName name = actual.table().name();
                TableBackup wanted = expected.get(name);
                if (wanted != null) {
                  synchronized (differences) {
                    seen.add(name);
                    read.accept(actual.table());
                    Difference.between(name, wanted, actual).ifPresent(differences::add);
                  }
                }
              });
    }
    for (TableName name : expected.keySet()) {
      if (!seen.contains(name)) {
        differences.add(new Difference(name, List.of(KeyRange.all()), "the table is not there"));
      }
    }
    return differences;
  }
}
