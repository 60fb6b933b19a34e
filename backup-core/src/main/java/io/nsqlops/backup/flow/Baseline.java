package io.nsqlops.backup.flow;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.KeyDefinition;
import io.nsqlops.backup.plan.TableSplit;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of tables from a backup: how they were cut, and which chunks are stored. */
final class Baseline {
  private static final int LEAST_PARTS = 2;

  private final Map<String, Long> storedBytes = new HashMap<>();
  private final Map<TableName, Integer> shifts = new HashMap<>();
  private final Map<TableName, List<RawText>> cuts = new HashMap<>();

  /** What the cuts are keys of. */
  private final Map<TableName, KeyDefinition> keys = new HashMap<>();

  private final boolean exact;

  private Baseline(boolean exact) {
    this.exact = exact;
  }

  /** To read tables that must come out as these: same sizes, same cuts. */
  static Baseline exactly(List<TableBackup> tables) {
    Baseline baseline = new Baseline(true);
    tables.forEach(baseline::learn);
    return baseline;
  }

  /**
   * The newest backup of this server that can be read; nothing if there is none.
   *
   * @param ids of all backups, the newest last
   */
  static Baseline latest(
      Repository repository, List<String> ids, ServerInfo server, Progress progress) {
    for (int i = ids.size() - 1; i >= 0; i--) {
      try {
        // gone meanwhile: a prune runs at the same time
        Optional<Manifest> manifest = repository.lookUp(ids.get(i));
        if (manifest.filter(m -> isUseful(m, server)).isPresent()) {
          return of(manifest.get(), repository);
        }
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
          throw e;
        }
        // damage to an old backup must not be in the way of a new one
        progress.warning("backup " + ids.get(i) + " cannot be built upon: " + e.getMessage());
      }
    }
    return new Baseline(false);
  }

  private static Baseline of(Manifest manifest, Repository repository) {
    Baseline baseline = new Baseline(false);
    BackupContents.eachTable(repository, manifest, baseline::learn);
    return baseline;
  }

  /** Keeps nothing of a table without objects, unless it must come out the same. */
  private void learn(TableBackup table) {
    if (!exact && table.chunks().stream().allMatch(ChunkRef::isInline)) {
      return;
    }
    TableName name = table.table().name();
    shifts.put(name, table.targetShift());
    List<RawText> ends = new ArrayList<>();
    for (ChunkRef chunk : table.chunks()) {
      if (!chunk.isInline()) {
        storedBytes.put(chunk.id(), chunk.storedBytes());
      }
      if (chunk.last() != null && !chunk.forced()) {
        ends.add(chunk.last());
      }
    }
    if (ends.size() >= LEAST_PARTS) {
      cuts.put(name, ends);
      keys.put(name, KeyDefinition.of(table.table()));
    }
  }

  private static boolean isUseful(Manifest manifest, ServerInfo server) {
    return manifest.scope().content() != Content.SCHEMA
        && manifest.server().address().equals(server.address());
  }

  /** Size of a chunk's object if the last backup has it, else -1. */
  long storedBytes(String id) {
    return storedBytes.getOrDefault(id, -1L);
  }

  /** How to read a table of about {@code bytes}. */
  TableSplit split(TableName name, long bytes, long totalBytes, int threads) {
    int shift = shifts.getOrDefault(name, 0);
    TableSplit split = TableSplit.of(bytes, totalBytes, threads, shift);
    return exact && shift > 0 ? new TableSplit(shift, split.parts()) : split;
  }

  /**
   * Keys that cut the table into like parts, judged by its last cuts; empty if it is new or had
   * another key then: old values would be no values of this key, or stand in another order.
   */
  List<RawText> splitKeys(Table table, int parts) {
    if (!KeyDefinition.of(table).equals(keys.get(table.name()))) {
      return List.of();
    }
    List<RawText> ends = cuts.getOrDefault(table.name(), List.of());
    List<RawText> chosen = new ArrayList<>();
    for (int i = 1; i < parts && ends.size() >= parts; i++) {
      chosen.add(ends.get((int) ((long) i * ends.size() / parts)));
    }
    return chosen;
  }
}
