package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.DamagedChunks;
import io.nsqlops.backup.repository.OtherBackups;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.VerifyCursor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Re-reads everything a backup needs and checks that it decodes to what it was. */
public final class VerifyFlow {
  private final Repository repository;
  private final Progress progress;

  public VerifyFlow(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /** A chunk that is missing or damaged, by the rows that are lost with it. */
  public record Damage(TableName table, KeyRange range, String object, String what) {
    @Override
    public String toString() {
      return "%s, keys %s: %s".formatted(table, range, what);
    }
  }

  /**
   * What was read.
   *
   * @param chunks how many were read
   * @param bytes of canonical text in them
   * @param allChunks how many the backup needs; more than were read if a budget did not suffice
   */
  public record Report(
      String id,
      long tables,
      long rows,
      long chunks,
      long bytes,
      long allChunks,
      List<Damage> damages) {}

  /** A chunk with its first use. Chunks that several tables share are read once. */
  private record Unit(TableName table, KeyRange range, ChunkRef chunk) {}

  /** Reads all of one backup; damage is reported, not thrown. */
  public Report run(String wanted, int threads) {
    Inventory inventory = inventory(wanted);
    return check(inventory, inventory.units.values(), threads);
  }

  /**
   * Reads part of one backup: the chunks behind those that were read last time. What stands in the
   * backup's own objects is always read.
   *
   * @param budget bytes of objects to read at most, unless the first is larger
   */
  public Report run(String wanted, int threads, long budget) {
    Inventory inventory = inventory(wanted);
    VerifyCursor cursor = new VerifyCursor(repository);
    String last = cursor.last();
    List<Unit> due = new ArrayList<>(inventory.units.tailMap(last, false).values());
    due.addAll(inventory.units.headMap(last, true).values());
    List<Unit> chosen = new ArrayList<>();
    long spent = 0;
    for (Unit unit : due) {
      spent += Math.max(unit.chunk().storedBytes(), 1);
      if (spent > budget && !chosen.isEmpty()) {
        break;
      }
      chosen.add(unit);
    }
    Report report = check(inventory, chosen, threads);
    if (!chosen.isEmpty()) {
      cursor.moveTo(chosen.get(chosen.size() - 1).chunk().id());
    }
    return report;
  }

  private Inventory inventory(String wanted) {
    Manifest manifest = repository.find(wanted);
    return OtherBackups.orNamed(repository, manifest.id(), () -> new Inventory(manifest));
  }

  /**
   * What a backup consists of. The rows of small tables stand in its own objects and are checked
   * while those are read, so that a backup of very many of them needs no more memory.
   */
  private final class Inventory {
    private final Manifest manifest;
    private final NavigableMap<String, Unit> units = new TreeMap<>();
    private final List<Damage> damages = new ArrayList<>();
    private long tables;
    private long rows;
    private long inlineChunks;
    private long inlineRows;
    private long inlineBytes;

    Inventory(Manifest manifest) {
      this.manifest = manifest;
      try (Checker checker = new Checker(repository.chunks(), damages)) {
        BackupContents.eachTable(repository, manifest, table -> add(table, checker));
      }
      // they are no chunks, but have to be readable as well
      SchemaJson.read(repository.read(manifest.schema()));
    }

    private void add(TableBackup table, Checker checker) {
      tables++;
      rows += table.rows();
      RawText after = null;
      for (ChunkRef chunk : table.chunks()) {
        Unit unit = new Unit(table.table().name(), new KeyRange(after, chunk.last()), chunk);
        if (chunk.isInline()) {
          inlineChunks++;
          inlineRows += chunk.rows();
          inlineBytes += chunk.bytes();
          checker.check(unit);
        } else {
          units.putIfAbsent(chunk.id(), unit);
        }
        after = chunk.last();
      }
    }
  }

  private Report check(Inventory inventory, Collection<Unit> units, int threads) {
    long bytes = inventory.inlineBytes + units.stream().mapToLong(u -> u.chunk().bytes()).sum();
    progress.phase("verify", bytes);
    progress.advanced(inventory.inlineRows, inventory.inlineBytes);
    List<Damage> damages = inventory.damages;
    WorkPool<Unit> pool =
        new WorkPool<>("verifier", Comparator.comparing((Unit u) -> u.chunk().id()));
    units.forEach(pool::add);
    pool.run(threads, () -> new Checker(repository.chunks(), damages));
    record(damages);
    damages.sort(Comparator.comparing(Damage::table).thenComparing(Damage::object));
    return new Report(
        inventory.manifest.id(),
        inventory.tables,
        inventory.rows,
        inventory.inlineChunks + units.size(),
        bytes,
        inventory.inlineChunks + inventory.units.size(),
        damages);
  }

  /** So that no later backup counts on what is damaged. */
  private void record(List<Damage> damages) {
    DamagedChunks known = new DamagedChunks(repository);
    try {
      damages.forEach(d -> known.record(d.object()));
    } catch (OpsException e) {
      progress.warning("the damage cannot be recorded in the repository: " + e.getMessage());
    }
  }

  private final class Checker implements WorkPool.Worker<Unit> {
    private final ChunkVault vault;
    private final List<Damage> damages;

    Checker(ChunkVault vault, List<Damage> damages) {
      this.vault = vault;
      this.damages = damages;
    }

    @Override
    public void work(Unit unit) {
      if (check(unit)) {
        progress.advanced(unit.chunk().rows(), unit.chunk().bytes());
      }
    }

    /** Whether a chunk is what it was. */
    boolean check(Unit unit) {
      ChunkRef chunk = unit.chunk();
      try {
        byte[] text = vault.get(chunk);
        long rows = newlines(text);
        if (rows != chunk.rows()) {
          throw new OpsException(
              ErrorKind.VERIFICATION_FAILED,
              chunk.id(),
              "holds " + rows + " rows instead of " + chunk.rows(),
              "report this: the chunk is intact, but was written wrong");
        }
        return true;
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
          throw e;
        }
        synchronized (damages) {
          damages.add(
              new Damage(unit.table(), unit.range(), e.object(), String.valueOf(e.getMessage())));
        }
        return false;
      }
    }

    /** Rows end with a newline, and no value holds a bare one. */
    private static long newlines(byte[] text) {
      long count = 0;
      for (byte b : text) {
        if (b == '\n') {
          count++;
        }
      }
      return count;
    }

    @Override
    public void close() {
      vault.close();
    }
  }
}
