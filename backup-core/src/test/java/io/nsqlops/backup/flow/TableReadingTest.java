package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The same rows give the same chunks, however reading was shared out. */
class TableReadingTest {
  private static final TableName NAME = new TableName("d", "t");
  private static final int SHIFT = 9;

  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  @Property(tries = 150)
  void sharingDoesNotShow(
      @ForAll long seed,
      @ForAll @IntRange(max = 800) int rows,
      @ForAll @IntRange(min = 1, max = 700) int longest,
      @ForAll @Size(max = 12) List<@IntRange(max = 6000) Integer> splitKeys,
      @ForAll @IntRange(min = 2, max = 6) int threads) {
    MemoryTable table = MemoryTable.keyed(NAME).filled(seed, rows, longest);
    MemoryServer server = new MemoryServer().add(table);
    List<ChunkRef> alone = read(server, 1);
    server.splitAt(splitKeys.stream().map(Integer::longValue).toList());

    assertThat(read(server, threads)).isEqualTo(alone);
    assertThat(alone.stream().mapToLong(ChunkRef::rows).sum()).isEqualTo(rows);
  }

  /** Keys a server would answer stand in the table; these are also the likeliest to go wrong. */
  @Property(tries = 50)
  void sharingAtTheCutsThemselvesDoesNotShow(@ForAll long seed, @ForAll boolean beside) {
    MemoryServer server = new MemoryServer().add(MemoryTable.keyed(NAME).filled(seed, 500, 60));
    List<ChunkRef> alone = read(server, 1);
    List<Long> ends = new ArrayList<>();
    for (ChunkRef chunk : alone) {
      ends.add(Long.parseLong(String.valueOf(chunk.last())) - (beside ? 1 : 0));
    }
    server.splitAt(ends);
    assertThat(read(server, 3)).isEqualTo(alone);
  }

  /** Rows without a natural cut are cut by size; a reader that begins anywhere cuts elsewhere. */
  @Property(tries = 50)
  void sharingDoesNotShowWhereChunksAreCutBySizeAlone(
      @ForAll long seed, @ForAll @Size(max = 5) List<@IntRange(max = 3000) Integer> splitKeys) {
    MemoryTable table = MemoryTable.keyed(NAME);
    Random random = new Random(seed);
    // few keys that cut among many that do not
    for (long key = 0; key < 3000; key += 1 + random.nextInt(3)) {
      table.put(key, "");
    }
    MemoryServer server = new MemoryServer().add(table);
    List<ChunkRef> alone = read(server, 1);
    server.splitAt(splitKeys.stream().map(Integer::longValue).toList());
    assertThat(read(server, 4)).isEqualTo(alone);
  }

  @Property(tries = 40)
  void oneRowMoreOrLessChangesFewChunks(@ForAll long seed, @ForAll boolean insert) {
    MemoryTable table = MemoryTable.keyed(NAME).filled(seed, 600, 60);
    MemoryServer server = new MemoryServer().add(table);
    List<ChunkRef> before = read(server, 1);
    List<Long> keys = new ArrayList<>(table.keys().keySet());
    long key = keys.get(new Random(seed).nextInt(keys.size()));
    if (insert) {
      long free = key;
      while (table.keys().containsKey(free)) {
        free++;
      }
      table.put(free, "new");
    } else {
      table.remove(key);
    }
    List<ChunkRef> fresh = new ArrayList<>(read(server, 1));
    fresh.removeAll(before);
    long forced = fresh.stream().filter(ChunkRef::forced).count();
    assertThat(fresh).hasSizeLessThanOrEqualTo((int) (2 + forced));
  }

  @Example
  void aRowThatNoRangeHoldsIsMissed() {
    MemoryServer server = new MemoryServer().add(MemoryTable.keyed(NAME).filled(3, 300, 60));
    server.hide(1);
    assertThat(readTable(server, 2).rows()).as("read in one go").isEqualTo(300);
    server.splitAt(List.of(20L));
    OpsException e = catchThrowableOfType(OpsException.class, () -> readTable(server, 2));
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.object()).isEqualTo("d.t");
    assertThat(e).hasMessageContaining("300 rows").hasMessageContaining("301");
  }

  /** A server in use: a row comes while the table is read in parts, which promises no moment. */
  @Example
  void rowsThatComeWhileATableIsReadAgainAreNoDamage() {
    MemoryServer server = new MemoryServer().add(MemoryTable.keyed(NAME).filled(3, 300, 60));
    server.hide(1);
    server.splitAt(List.of(20L));
    assertThat(readTable(server, 2, known -> Reading.again(known, t -> "")).rows()).isEqualTo(300);
  }

  @Example
  void tablesWithoutAKeyAreReadByOneThreadAndDigestedInAnyOrder() {
    MemoryTable one = MemoryTable.keyless(NAME).filled(7, 300, 60);
    MemoryTable other = MemoryTable.keyless(NAME);
    List<String> rows = new ArrayList<>(one.rows());
    Collections.reverse(rows);
    rows.forEach(r -> other.put(0, r.strip()));

    TableBackup first = readTable(new MemoryServer().add(one), 4);
    TableBackup second = readTable(new MemoryServer().add(other), 2);
    assertThat(first.rowsDigest()).hasSize(64).isEqualTo(second.rowsDigest());
    assertThat(first.chunks()).hasSizeGreaterThan(5).isNotEqualTo(second.chunks());
    other.put(0, "one more");
    assertThat(readTable(new MemoryServer().add(other), 2).rowsDigest())
        .isNotEqualTo(first.rowsDigest());
  }

  private List<ChunkRef> read(MemoryServer server, int threads) {
    return readTable(server, threads).chunks();
  }

  private TableBackup readTable(MemoryServer server, int threads) {
    return readTable(
        server,
        threads,
        known -> Reading.ofSnapshot(known, (vault, id, text, length) -> 0, t -> ""));
  }

  private TableBackup readTable(
      MemoryServer server, int threads, Function<Baseline, Reading> reading) {
    List<TableBackup> read = Collections.synchronizedList(new ArrayList<>());
    try (Snapshot snapshot = server.open(threads)) {
      Table table = server.table(NAME).table();
      String digest = table.keyed() ? "" : "0".repeat(64);
      // as if the last backup had used this chunk size
      TableBackup last = new TableBackup(table, SHIFT, List.of(), digest);
      new TableReading(
              snapshot,
              repository,
              reading.apply(Baseline.exactly(List.of(last))),
              threads,
              Progress.NONE)
          .read(snapshot.tables(), read::add);
    }
    assertThat(read).hasSize(1);
    return read.get(0);
  }
}
