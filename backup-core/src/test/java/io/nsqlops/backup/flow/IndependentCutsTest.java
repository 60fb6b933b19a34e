package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.CutRule;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.filesystem.FilesystemObjectStore;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of many small chunks and of bytes that are no text, read by a program that shares nothing
 * with us; and that this program tells where a repository lies, however well it is sealed.
 */
@NeedsBed(Bed.PYTHON_READER)
class IndependentCutsTest {
  private static final String ID = "20261124T020000Z-1a2b3c4d";
  private static final String MANIFEST = RepositoryLayout.manifest(ID);
  private static final String SECTION = RepositoryLayout.section(ID, 0);
  private static final Column BYTES = new Column("b", "varbinary", "");
  private static final Column NUMBER = new Column("n", "int", "");
  private static final Column TEXT = new Column("t", "varchar", "latin1");

  @TempDir Path directory;

  /** A row of a table that is made by hand. */
  private record Row(RawText bytes, long number, RawText text) {}

  /** Hands rows over as an engine does; key columns first. */
  private record Script(Table table, List<Row> rows) implements TableReader {
    @Override
    public Table describe(TableName name) {
      return table;
    }

    @Override
    public List<RawText> splitKeys(Table of, int parts) {
      return List.of();
    }

    @Override
    public long count(Table of) {
      return rows.size();
    }

    @Override
    public void read(Table of, KeyRange range, long limit, RowSink sink) {
      for (Row row : rows) {
        int start = sink.buffer().length;
        int keyEnd = start;
        for (int i = 0; i < table.columns().size(); i++) {
          if (i > 0) {
            CanonicalText.plain(sink.buffer(), new byte[] {'\t'}, 0, 1);
          }
          append(table.columns().get(i), row, sink);
          keyEnd = i < table.keyColumns() ? sink.buffer().length : keyEnd;
        }
        CanonicalText.plain(sink.buffer(), new byte[] {'\n'}, 0, 1);
        sink.row(start, keyEnd);
      }
    }

    private static void append(Column column, Row row, RowSink sink) {
      if (column.equals(NUMBER)) {
        CanonicalText.integer(sink.buffer(), row.number());
      } else {
        byte[] value = (column.equals(BYTES) ? row.bytes() : row.text()).bytes();
        CanonicalText.string(sink.buffer(), value, 0, value.length);
      }
    }

    @Override
    public void close() {}
  }

  private static TableBackup dump(
      Repository repository,
      String name,
      int shift,
      int keys,
      List<Column> columns,
      List<Row> rows) {
    RawText ddl = RawText.of(new byte[] {'D', (byte) 0xe4, 'L'});
    Table table = new Table(new TableName("d", name), columns, keys, false, ddl);
    try (TableDump dump =
        new TableDump(
            new Script(table, rows),
            repository.chunks(),
            (vault, id, text, length) -> vault.put(id, text, length, put -> {}),
            Progress.NONE)) {
      TableDump.Dumped dumped = dump.dump(table, KeyRange.all(), new CutRule(shift));
      return new TableBackup(table, shift, dumped.chunks(), dumped.rowsDigest());
    }
  }

  private static RawText random(Random random, int longest) {
    byte[] bytes = new byte[random.nextInt(longest)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // more of those that need an escape
      bytes[i] = random.nextInt(8) == 0 ? (byte) "\\\t\n\0N\r0t".charAt(bytes[i] & 7) : bytes[i];
    }
    return RawText.of(bytes);
  }

  /** In key order; each number comes once. */
  private static List<Row> rows(int count, int longest) {
    Random random = new Random(count);
    TreeSet<Row> rows =
        new TreeSet<>(
            (a, b) -> {
              int order = Arrays.compareUnsigned(a.bytes().bytes(), b.bytes().bytes());
              return order != 0 ? order : Long.compare(a.number(), b.number());
            });
    for (int i = 0; i < count; i++) {
      int length = i % 500 == 0 ? 20_000 : longest;
      rows.add(new Row(random(random, 4), i - 300L, random(random, length)));
    }
    return List.copyOf(rows);
  }

  private Repository repository() {
    return MemoryRepositories.encrypted(new FilesystemObjectStore(directory), "secret");
  }

  private PythonRun read(Repository repository, List<TableBackup> tables, Manifest.Totals totals) {
    SectionWriter sections = new SectionWriter(repository, ID);
    tables.forEach(sections::add);
    StoredObject schema =
        repository.write(RepositoryLayout.schema(ID), SchemaJson.write(List.of()));
    repository.commit(
        new Manifest(
            ID,
            CanonicalText.VERSION,
            new ServerInfo("script", "1", "script"),
            new SnapshotPoint("", Instant.EPOCH),
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of(),
            totals,
            schema,
            sections.finish(),
            List.of()));
    return PythonRun.of(directory, "secret");
  }

  private static Manifest.Totals totals(List<TableBackup> tables) {
    Tally tally = new Tally();
    tables.forEach(tally::table);
    return tally.totals();
  }

  @Test
  void chunksEndWhereTheSpecificationSays() {
    Repository repository = repository();
    List<Row> many = rows(3000, 150);
    Row none = new Row(RawText.ofUtf8(""), 0, RawText.of(new byte[9000]));
    // none of them ends a chunk by itself, or each would
    List<Row> equal = Collections.nCopies(3000, none);
    List<TableBackup> tables =
        List.of(
            dump(repository, "keyed", 11, 2, List.of(BYTES, NUMBER, TEXT), many),
            dump(repository, "keyless", 11, 0, List.of(TEXT, NUMBER), many),
            dump(repository, "inline", 8, 2, List.of(BYTES, NUMBER, TEXT), rows(400, 60)),
            dump(repository, "empty key", 13, 1, List.of(BYTES, TEXT), List.of(none)),
            dump(repository, "small empty key", 13, 1, List.of(BYTES), List.of(none)),
            dump(repository, "equal rows", 9, 0, List.of(NUMBER), equal),
            dump(repository, "no rows", 9, 0, List.of(NUMBER), List.of()));
    for (TableBackup table : tables.subList(0, 2)) {
      assertThat(table.chunks()).hasSizeGreaterThan(50);
      assertThat(table.chunks()).anyMatch(ChunkRef::isInline).anyMatch(c -> !c.isInline());
    }
    assertThat(tables.get(0).chunks()).anyMatch(ChunkRef::forced);
    assertThat(tables.get(5).chunks()).hasSize(3).element(1).matches(ChunkRef::forced);
    assertThat(tables.get(3).chunks().get(0).last()).isNull();
    Manifest.Totals totals = totals(tables);
    assertThat(read(repository, tables, totals))
        .isEqualTo(
            new PythonRun(
                0,
                "%s tables=7 rows=%d bytes=%d chunks=%d%n"
                    .formatted(ID, totals.rows(), totals.bytes(), totals.chunks())));
  }

  @Test
  void countsThatAreWrong() {
    Repository repository = repository();
    List<TableBackup> tables = List.of(keyed(repository));
    Manifest.Totals sums = totals(tables);
    Manifest.Totals more =
        new Manifest.Totals(
            sums.tables(),
            sums.rows() + 1,
            sums.bytes(),
            sums.storedBytes(),
            sums.newBytes(),
            sums.chunks(),
            sums.newChunks());
    requireTold(read(repository, tables, more), MANIFEST, "rows");
  }

  @Test
  void aTableTwice() {
    Repository repository = repository();
    List<TableBackup> tables = List.of(keyed(repository), keyed(repository));
    requireTold(read(repository, tables, totals(tables)), SECTION, "again");
  }

  @Test
  void chunksOutOfOrder() {
    requireTold(
        lying(
            chunks -> {
              List<ChunkRef> swapped = new ArrayList<>(chunks);
              swapped.set(2, chunks.get(3));
              swapped.set(3, chunks.get(2));
              return swapped;
            }),
        "chunks/",
        "key order");
  }

  @Test
  void aLastKeyThatIsAnother() {
    requireTold(lying(c -> first(c, c.get(0).rows(), c.get(1).last(), false)), SECTION, "last key");
  }

  @Test
  void anEndThatIsNotForced() {
    requireTold(lying(c -> first(c, c.get(0).rows(), c.get(0).last(), true)), SECTION, "ends");
  }

  @Test
  void rowsThatAreMiscounted() {
    requireTold(
        lying(c -> first(c, c.get(0).rows() + 1, c.get(0).last(), false)), "", "other rows");
  }

  @Test
  void endsOfAnotherTarget() {
    Repository repository = repository();
    TableBackup table = keyed(repository);
    TableBackup coarse = new TableBackup(table.table(), 14, table.chunks(), "");
    requireTold(read(repository, List.of(coarse), totals(List.of(coarse))), "", "ends too early");
  }

  @Test
  void rowsOfATableWithoutAKeyThatAreOthers() {
    Repository repository = repository();
    TableBackup table = dump(repository, "t", 13, 0, List.of(TEXT), rows(20, 90));
    TableBackup other = new TableBackup(table.table(), 13, table.chunks(), "0".repeat(64));
    requireTold(read(repository, List.of(other), totals(List.of(other))), SECTION, "without a key");
  }

  private static TableBackup keyed(Repository repository) {
    return dump(repository, "t", 13, 2, List.of(BYTES, NUMBER, TEXT), rows(1000, 200));
  }

  private static List<ChunkRef> first(
      List<ChunkRef> chunks, long rows, @Nullable RawText last, boolean forced) {
    List<ChunkRef> changed = new ArrayList<>(chunks);
    ChunkRef c = chunks.get(0);
    changed.set(
        0, new ChunkRef(c.id(), rows, c.bytes(), c.storedBytes(), last, forced, c.inline()));
    return changed;
  }

  private PythonRun lying(UnaryOperator<List<ChunkRef>> lie) {
    Repository repository = repository();
    TableBackup table = keyed(repository);
    TableBackup lying = new TableBackup(table.table(), 13, lie.apply(table.chunks()), "");
    return read(repository, List.of(lying), totals(List.of(lying)));
  }

  private static void requireTold(PythonRun run, String object, String what) {
    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).startsWith(object).contains(what).doesNotContain("Traceback");
  }
}
