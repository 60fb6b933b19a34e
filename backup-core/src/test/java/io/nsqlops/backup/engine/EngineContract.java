package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.DefinitionDiff;
import io.nsqlops.backup.flow.DiffFlow;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every server that is backed up and restored through us must show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {
  private static final TableName BIG = new TableName("big", "rows");

  private @Nullable TestedEngine started;
  private Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  /** A fresh server. */
  protected abstract TestedEngine start(Path directory);

  /** The script that makes database {@code hard} and maybe others. */
  protected abstract String script();

  /** The databases of {@link #script}. */
  protected abstract List<String> databases();

  /** Views of the script whose tables are gone: no server takes them back. */
  protected List<String> invalidViews() {
    return List.of();
  }

  /** A statement that takes the next automatic id, and fails if that is taken. */
  protected abstract String insertOfNextId();

  /** Variables that end sessions or statements after some time, each with a short time. */
  protected abstract Map<String, String> timeLimits();

  /** Facts that may differ on this server although everything was restored. */
  protected void settle(Map<String, List<String>> facts) {}

  @BeforeAll
  void startServer(@TempDir Path directory) {
    started = start(directory);
  }

  @AfterAll
  void stopServer() {
    if (started != null) {
      started.close();
    }
  }

  protected TestedEngine engine() {
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  @BeforeEach
  void newRepository() {
    repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
  }

  @AfterEach
  void dropAll() throws SQLException {
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement()) {
      List<String> all = new ArrayList<>(databases());
      all.addAll(List.of("big", "bank", "bank2", "other", "nsql_ops_restore"));
      for (String database : all) {
        statement.execute("DROP DATABASE IF EXISTS `" + database.replace("`", "``") + "`");
      }
    }
  }

  /** Runs the script. */
  void hardData() throws SQLException {
    try (Connection connection = engine().connect()) {
      SqlScript.run(script(), connection);
    }
  }

  protected final Repository repository() {
    return repository;
  }

  protected final void execute(String... statements) throws SQLException {
    engine().server().execute(statements);
  }

  private Map<String, List<String>> state() throws SQLException {
    return state(databases());
  }

  private Map<String, List<String>> state(List<String> databases) throws SQLException {
    Map<String, List<String>> facts = engine().state(databases);
    invalidViews().forEach(v -> facts.remove("view `hard`.`" + v + "`"));
    settle(facts);
    return facts;
  }

  private String[] names() {
    return databases().toArray(String[]::new);
  }

  private void requireNoLoss(RestoreFlow.Report report) {
    assertThat(report.warnings())
        .hasSameSizeAs(invalidViews())
        .allMatch(w -> invalidViews().stream().anyMatch(v -> w.contains("." + v + ":")));
  }

  @Test
  void everythingComesBackAfterAllWasDropped() throws SQLException {
    hardData();
    Map<String, List<String>> before = state();
    Manifest manifest = engine().backup(repository, names());
    for (String database : databases()) {
      execute("DROP DATABASE `" + database.replace("`", "``") + "`");
    }
    RestoreFlow.Report report = engine().restore(repository, Existing.FAIL);

    requireNoLoss(report);
    assertThat(report.verified()).isEqualTo(report.rows()).isEqualTo(manifest.totals().rows());
    assertSame(state(), before);
    DiffFlow.Report diff = engine().diff(repository, names());
    assertThat(diff.differences()).isEmpty();
    assertThat(diff.definitions())
        .extracting(DefinitionDiff::toString)
        .containsExactlyInAnyOrderElementsOf(
            invalidViews().stream().map(v -> "view hard." + v + ": only in the first").toList());
    // a new row takes an id of its own
    execute(insertOfNextId());
  }

  /** Tells what differs only, and of that the lines. */
  private static void assertSame(
      Map<String, List<String>> actual, Map<String, List<String>> expected) {
    Set<String> all = new TreeSet<>(expected.keySet());
    all.addAll(actual.keySet());
    List<String> differences = new ArrayList<>();
    for (String what : all) {
      List<String> lost = new ArrayList<>(expected.getOrDefault(what, List.of("nothing")));
      List<String> found = new ArrayList<>(actual.getOrDefault(what, List.of("nothing")));
      if (!lost.equals(found)) {
        List<String> both = List.copyOf(lost);
        lost.removeAll(found);
        found.removeAll(both);
        differences.add(what + ": " + lost + " became " + found);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void whatWasDamagedIsReplaced() throws SQLException {
    hardData();
    Map<String, List<String>> before = state();
    engine().backup(repository, names());
    execute(
        "DELETE FROM hard.ints",
        "UPDATE hard.strings SET v='damaged'",
        "ALTER TABLE hard.times DROP COLUMN ts3",
        "INSERT INTO hard.nokey VALUES (1,'x')",
        "DROP TABLE hard.uniq",
        "DROP VIEW hard.a_top",
        "CREATE TABLE hard.a_top (id INT)");
    RestoreFlow.Report report = engine().restore(repository, Existing.REPLACE);

    requireNoLoss(report);
    assertSame(state(), before);
  }

  @Test
  void existingTablesAreRefusedOrSkipped() throws SQLException {
    hardData();
    engine().backup(repository, names());
    execute("DELETE FROM hard.ints", "DROP TABLE hard.uniq");
    Map<String, List<String>> before = state();
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> engine().restore(repository, Existing.FAIL));

    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(state()).isEqualTo(before);

    engine().restore(repository, Existing.SKIP);
    Map<String, List<String>> after = state();
    assertThat(after.get("rows of `hard`.`uniq`")).hasSizeGreaterThan(1);
    assertThat(after.get("rows of `hard`.`ints`")).isEmpty();
  }

  @Test
  void aDatabaseIsRestoredUnderAnotherName() throws SQLException {
    hardData();
    engine().backup(repository, "hard");
    Map<String, List<String>> before = engine().rows(List.of("hard"));
    Map<String, List<String>> source = state();
    RestoreFlow.Report report =
        engine().restore(repository, Existing.FAIL, Map.of("hard", "other"));

    requireNoLoss(report);
    Map<String, List<String>> moved = engine().rows(List.of("other"));
    assertThat(moved.values()).containsExactlyElementsOf(before.values());
    assertThat(state()).isEqualTo(source);
    execute("DROP DATABASE hard");
    execute("INSERT INTO other.fka (id, b) VALUES (2, NULL)");
    execute("SELECT * FROM other.a_top");
  }

  @Test
  void allRowsAreOfOneMoment() throws Exception {
    engine().makeBig(12);
    long before;
    long after;
    try (Bank bank = Bank.open(() -> engine().connect(), 3)) {
      bank.await(20);
      before = bank.transfers();
      engine().backup(repository, "bank", "big");
      after = bank.transfers();
    }
    engine().restore(repository, Existing.REPLACE, Map.of("bank", "bank2"));
    try (Connection connection = engine().connect()) {
      assertThat(Bank.sum(connection, "bank2")).isEqualTo(Bank.SUM);
      assertThat(Bank.sum(connection, "bank")).isEqualTo(Bank.SUM);
    }
    assertThat(after).as("transfers during the backup").isGreaterThan(before);
  }

  private List<ChunkRef> chunks() {
    return BackupContents.read(repository, "latest").tables().stream()
        .filter(t -> t.table().name().equals(BIG))
        .map(TableBackup::chunks)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("slow")
  void chunksDoNotDependOnTheReadersAndChangeWithTheirRowsOnly() throws SQLException {
    engine().makeBig(14);
    // as if it were large enough to be worth several readers
    SnapshotExporter exporter = new ClaimingExporter(engine().exporter(), 4L << 30);
    Manifest first = TestedEngine.backup(exporter, repository, 1, "big");
    List<ChunkRef> alone = chunks();
    assertThat(alone).hasSizeGreaterThan(5);
    assertThat(first.totals().newChunks()).isEqualTo(alone.size());
    for (int threads : new int[] {2, 8}) {
      Manifest again = TestedEngine.backup(exporter, repository, threads, "big");
      assertThat(chunks()).as("%d threads", threads).isEqualTo(alone);
      assertThat(again.totals().newChunks()).isZero();
    }
    repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    TestedEngine.backup(exporter, repository, 8, "big");
    assertThat(chunks().stream().map(ChunkRef::last).toList())
        .as("without a backup to tell where to split")
        .isEqualTo(alone.stream().map(ChunkRef::last).toList());

    execute("UPDATE big.rows SET v='changed' WHERE id=8000");
    assertThat(TestedEngine.backup(exporter, repository, 2, "big").totals().newChunks())
        .isBetween(1L, 2L);
    execute("INSERT INTO big.rows VALUES (20000, 'appended')");
    assertThat(TestedEngine.backup(exporter, repository, 2, "big").totals().newChunks())
        .isBetween(1L, 2L);
  }

  /** Where the last backup cut a table is nothing to go by under another key. */
  @Test
  @Tag("slow")
  void aLargeTableIsReadUnderWhateverKeyItHasByNow() throws SQLException {
    engine().makeBig(13);
    SnapshotExporter exporter = new ClaimingExporter(engine().exporter(), 4L << 30);
    TestedEngine.backup(exporter, repository, 1, "big");
    assertThat(chunks()).hasSizeGreaterThan(6);
    String mixed = "IF(id % 2, CONCAT('a', id), CONCAT('B', id))";
    String text = "id VARCHAR(20) CHARACTER SET utf8mb4 COLLATE ";
    rekey("1", "id", "tenant INT, id INT", "tenant, id");
    TestedEngine.backup(exporter, repository, 2, "big");
    rekey("1", mixed, "tenant INT, " + text + "utf8mb4_bin", "id");
    TestedEngine.backup(exporter, repository, 2, "big");
    rekey("1", "id", "tenant INT, " + text + "utf8mb4_general_ci", "id");
    TestedEngine.backup(exporter, repository, 2, "big");
    assertThat(engine().diff(repository, "big").equal()).isTrue();
    rekey("1", "SUBSTRING(id, 2)", "tenant INT, id BIGINT", "id");
    Manifest last = TestedEngine.backup(exporter, repository, 2, "big");
    assertThat(last.totals().rows()).isEqualTo(1 << 13);
  }

  private void rekey(String tenant, String id, String columns, String key) throws SQLException {
    execute(
        "CREATE TABLE big.other (" + columns + ", v VARCHAR(3000), PRIMARY KEY (" + key + "))",
        "INSERT INTO big.other SELECT " + tenant + ", " + id + ", v FROM big.rows",
        "DROP TABLE big.rows",
        "RENAME TABLE big.other TO big.rows");
  }

  @Test
  void differencesAreFoundRowByRow() throws SQLException {
    engine().makeBig(10);
    execute(
        "CREATE TABLE big.nokey (a INT, b VARCHAR(20))",
        "INSERT INTO big.nokey VALUES (1,'x'),(1,'x'),(2,'y')");
    engine().backup(repository, "big");
    assertThat(engine().diff(repository, "big").differences()).isEmpty();
    execute(
        "UPDATE big.rows SET v='changed' WHERE id IN (5, 700)",
        "DELETE FROM big.rows WHERE id=30",
        "INSERT INTO big.rows VALUES (5000, 'new'), (5001, 'new'), (5002, 'new')",
        "INSERT INTO big.nokey VALUES (1,'x')",
        "DELETE FROM big.nokey WHERE a=2",
        "CREATE TABLE big.another (id INT PRIMARY KEY)");
    List<DiffFlow.TableDiff> found = engine().diff(repository, "big").differences();

    assertThat(found).hasSize(3);
    for (DiffFlow.TableDiff diff : found) {
      switch (diff.table().table()) {
        case "rows" -> {
          assertThat(diff.onlyFirst()).isEqualTo(1);
          assertThat(diff.onlySecond()).isEqualTo(3);
          assertThat(diff.changed()).isEqualTo(2);
        }
        case "nokey" -> {
          assertThat(diff.onlyFirst()).isEqualTo(1);
          assertThat(diff.onlySecond()).isEqualTo(1);
        }
        default -> assertThat(diff.state()).isEqualTo("only in the second");
      }
    }
  }

  @Test
  void rangesOfAnyKeyTileTheTable() throws SQLException {
    hardData();
    try (Snapshot snapshot = engine().exporter().open(1);
        TableReader reader = snapshot.reader()) {
      int ranges = 0;
      for (var estimate : snapshot.tables()) {
        Table table = reader.describe(estimate.name());
        if (!table.splittable() || !databases().contains(table.name().database())) {
          continue;
        }
        Rows whole = Rows.read(reader, table, KeyRange.all());
        Rows pieces = new Rows();
        for (KeyRange range : KeyRange.tile(whole.keys())) {
          pieces.addAll(Rows.read(reader, table, range));
          ranges++;
        }
        assertThat(pieces.rows()).as(table.name().toString()).isEqualTo(whole.rows());
      }
      assertThat(ranges).isGreaterThan(30);
    }
  }

  @Test
  @Tag("slow")
  void anInterruptedRestoreGoesOnAndEveryRowLandsOnce() throws SQLException {
    hardData();
    engine().makeBig(14);
    execute(
        "CREATE TABLE big.nokey (id INT, v VARCHAR(3000))",
        "INSERT INTO big.nokey SELECT * FROM big.rows");
    List<String> all = new ArrayList<>(databases());
    all.add("big");
    Map<String, List<String>> before = state(all);
    engine().backup(repository, all.toArray(String[]::new));
    for (String database : all) {
      execute("DROP DATABASE `" + database.replace("`", "``") + "`");
    }
    for (LoaderFaults.When when : LoaderFaults.When.values()) {
      interrupt(importer -> LoaderFaults.failing(importer, 5, when));
    }
    interrupt(
        importer -> new LoaderFaults(importer, 4, LoaderFaults.When.BEFORE, engine()::killAll));
    RestoreFlow.Report report = engine().restore(repository, Existing.FAIL);

    requireNoLoss(report);
    assertSame(state(all), before);
  }

  @Test
  void whatWasDroppedBetweenAnInterruptedRestoreAndItsRepetitionIsLoadedAgain()
      throws SQLException {
    engine().makeBig(6);
    Map<String, List<String>> before = engine().rows(List.of("big"));
    engine().backup(repository, "big");
    execute("DROP DATABASE big");
    for (String drop : List.of("DROP TABLE big.rows", "DROP DATABASE big")) {
      interrupt(importer -> LoaderFaults.failing(importer, 1, LoaderFaults.When.AFTER));
      assertThat(engine().rows(List.of("big")).values()).allMatch(rows -> !rows.isEmpty());
      execute(drop);
    }
    engine().restore(repository, Existing.FAIL);
    assertThat(engine().rows(List.of("big"))).isEqualTo(before);
  }

  /** Limits of a server are for its applications: a session that waits or reads long must live. */
  @Test
  void timeLimitsOfTheServerEndNoSession() throws SQLException {
    engine().makeBig(4);
    // a session of before has the limits of before
    try (Connection early = engine().connect();
        Statement patient = early.createStatement()) {
      for (String limit : timeLimits().keySet()) {
        patient.execute("SET GLOBAL " + limit + "=" + timeLimits().get(limit));
      }
      try {
        requireSessionsWithoutLimits(patient);
      } finally {
        for (String limit : timeLimits().keySet()) {
          patient.execute("SET GLOBAL " + limit + "=DEFAULT");
        }
      }
    }
  }

  private void requireSessionsWithoutLimits(Statement patient) throws SQLException {
    try (Snapshot snapshot = engine().exporter().open(1);
        TableReader reader = snapshot.reader();
        SnapshotImporter importer = engine().importer()) {
      engine().awaitEndOfAnIdleSession(patient);
      assertThat(snapshot.tables()).extracting(t -> t.name()).contains(BIG);
      assertThat(reader.count(reader.describe(BIG))).isEqualTo(16);
      assertThat(importer.existing()).containsKey(BIG);
      snapshot.proveHeld();
      for (String limit : timeLimits().keySet()) {
        String value = engine().ownSetting(limit);
        assertThat(Double.parseDouble(value))
            .as(limit)
            .matches(limit.equals("wait_timeout") ? v -> v >= 24 * 3600 : v -> v == 0);
      }
    }
  }

  /** What shows fewer rows, other definitions, or refuses statements. */
  protected Map<String, String> restrictions() {
    return Map.of(
        "sql_select_limit", "2", "sql_safe_updates", "1", "completion_type", "'NO_CHAIN'");
  }

  /** Makes 3 rows in a table of {@code big} that restrictions would hide, if there is such. */
  protected List<String> hiddenByRestrictions() {
    return List.of("CREATE TABLE big.third (v INT)", "INSERT INTO big.third VALUES (1),(2),(3)");
  }

  /** Settings a server has for its applications are none of a backup's. */
  @Test
  void restrictionsOfTheServerChangeNothing() throws SQLException {
    execute(
        "CREATE DATABASE big",
        "CREATE TABLE big.few (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, t TIMESTAMP NOT NULL)",
        "INSERT INTO big.few (id, t) VALUES (1, '2020-01-01'), (2, '2020-01-01'),"
            + " (3, '2020-01-01'), (18446744073709551613, '2020-01-01')",
        "CREATE TABLE big.bare (v INT)",
        "INSERT INTO big.bare VALUES (1),(2),(3),(4)",
        "CREATE TABLE big.other (v INT)",
        "INSERT INTO big.other VALUES (1),(2),(3),(4)");
    execute(hiddenByRestrictions().toArray(String[]::new));
    Map<String, List<String>> before = engine().state(List.of("big"));
    try {
      for (String name : restrictions().keySet()) {
        execute("SET GLOBAL " + name + "=" + restrictions().get(name));
      }
      engine().backup(repository, "big");
      assertThat(engine().restore(repository, Existing.REPLACE).rows()).isEqualTo(15);
    } finally {
      for (String name : restrictions().keySet()) {
        execute("SET GLOBAL " + name + "=DEFAULT");
      }
    }
    assertThat(engine().state(List.of("big"))).isEqualTo(before);
  }

  /** Servers print that a counter is NOT NULL, and nothing if it may be NULL. */
  @Test
  void aCounterThatMayBeNullStaysSo() throws SQLException {
    Assumptions.assumeFalse(
        engine().info().engine().equals("tidb"), "TiDB makes every counter NOT NULL");
    execute(
        "CREATE DATABASE big",
        "CREATE TABLE big.t (id INT PRIMARY KEY, n INT AUTO_INCREMENT NULL, KEY (n))",
        "INSERT INTO big.t VALUES (1,NULL),(2,9),(3,NULL),(4,0)");
    Map<String, List<String>> before = engine().rows(List.of("big"));
    assertThat(before.toString()).as("else this shows nothing").contains("null");
    engine().backup(repository, "big");
    engine().restore(repository, Existing.REPLACE);
    assertThat(engine().rows(List.of("big"))).isEqualTo(before);
    assertThat(engine().diff(repository, "big").equal()).isTrue();
  }

  /** Where a load cannot be taken back, nobody knows what a killed restore left of it. */
  @Test
  void tablesWithoutTransactionsAreLoadedAnewAfterAnInterruption() throws SQLException {
    Assumptions.assumeFalse(
        engine().info().engine().equals("tidb"), "TiDB has transactions in every table");
    execute(
        "CREATE DATABASE big",
        "CREATE TABLE big.loose (id INT, v VARCHAR(10)) ENGINE=MyISAM",
        "INSERT INTO big.loose VALUES (1,'a'),(2,'b'),(2,'b')",
        "CREATE TABLE big.sound (id INT PRIMARY KEY)",
        "INSERT INTO big.sound VALUES (1),(2)");
    Map<String, List<String>> before = engine().state(List.of("big"));
    engine().backup(repository, "big");
    execute("DROP DATABASE big");
    // two threads load a table each: neither may land
    interrupt(
        importer ->
            LoaderFaults.failing(
                LoaderFaults.failing(importer, 1, LoaderFaults.When.BEFORE),
                1,
                LoaderFaults.When.BEFORE));
    execute("INSERT INTO big.loose VALUES (1,'a'),(2,'b')");
    engine().restore(repository, Existing.FAIL);
    assertThat(engine().state(List.of("big"))).isEqualTo(before);
  }

  @Test
  void oneRestoreAtATime() throws SQLException {
    execute("CREATE DATABASE big", "CREATE TABLE big.few (id INT PRIMARY KEY)");
    engine().backup(repository, "big");
    execute("DROP DATABASE big");
    try (SnapshotImporter other = engine().importer()) {
      assertThat(other.unfinished()).isEmpty();
      other.begin(TestedEngine.plan(repository, Map.of()).restoreId());
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> engine().restore(repository, Existing.FAIL));
      assertThat(e).isNotNull();
      assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
      assertThat(e.getMessage()).contains("another restore is at work");
    }
    // it was killed: its mark is there, its session is not
    engine().restore(repository, Existing.FAIL);
    assertThat(engine().rows(List.of("big"))).hasSize(1);
  }

  /** A server goes on for a while with a load whose client was killed. */
  @Test
  void aRestoreWaitsForLoadersThatAreLeft() throws Exception {
    Assumptions.assumeFalse(
        engine().info().engine().equals("tidb"), "TiDB does not tell who has a lock");
    execute("CREATE DATABASE big", "CREATE TABLE big.few (id INT PRIMARY KEY)");
    engine().backup(repository, "big");
    execute("DROP DATABASE big");
    CompletableFuture<RestoreFlow.Report> restore;
    try (Connection left = engine().connect();
        Statement statement = left.createStatement()) {
      statement.execute("DO GET_LOCK('nsql_ops_restore.7', 0)");
      restore = CompletableFuture.supplyAsync(() -> engine().restore(repository, Existing.FAIL));
      boolean begun = false;
      while (!begun && !restore.isDone()) {
        try (ResultSet row = statement.executeQuery("SELECT IS_USED_LOCK('nsql_ops_restore')")) {
          begun = row.next() && row.getString(1) != null;
        }
      }
      assertThat(restore).isNotDone();
    }
    assertThat(restore.get(60, TimeUnit.SECONDS).tables()).isEqualTo(1);
  }

  private void interrupt(UnaryOperator<SnapshotImporter> faults) {
    try (SnapshotImporter importer = engine().importer()) {
      SnapshotImporter faulty = faults.apply(importer);
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> engine().restore(repository, faulty, Existing.FAIL, Map.of()));
      assertThat(e).isNotNull();
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.TRANSIENT);
    }
  }

  @Test
  void whileOneRestoreIsUnfinishedNoOtherBegins() throws SQLException {
    engine().makeBig(4);
    engine().backup(repository, "big");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("another restore");
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> engine().restore(repository, Existing.FAIL, Map.of("big", "other")));
      assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
      importer.complete();
    }
    engine().restore(repository, Existing.FAIL, Map.of("big", "other"));
    assertThat(engine().rows(List.of("other")).values())
        .containsExactlyElementsOf(engine().rows(List.of("big")).values());
  }
}
