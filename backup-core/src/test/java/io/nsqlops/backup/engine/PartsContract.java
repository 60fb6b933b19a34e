package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.DefinitionDiff;
import io.nsqlops.backup.flow.Pace;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.DefinerPolicy;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores of parts of a server, on each server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PartsContract {
  private @Nullable TestedEngine started;
  private Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  /** A fresh server. */
  protected abstract TestedEngine start(Path directory);

  /** Whether there are triggers, procedures and events. */
  protected boolean hasPrograms() {
    return true;
  }

  /** Whether indexes come after the rows. */
  protected boolean hasDeferredIndexes() {
    return true;
  }

  /** Whether there are sequences. */
  protected boolean hasSequences() {
    return true;
  }

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

  protected final TestedEngine engine() {
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  protected final Repository repository() {
    return repository;
  }

  @BeforeEach
  void fill() throws SQLException {
    repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    execute(
        "DROP DATABASE IF EXISTS nsql_ops_restore",
        "DROP DATABASE IF EXISTS shop",
        "DROP DATABASE IF EXISTS copy",
        "CREATE DATABASE shop",
        "CREATE TABLE shop.item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), parent INT,"
            + " price INT CHECK (price >= 0), FOREIGN KEY (parent) REFERENCES shop.item (id))",
        "INSERT INTO shop.item (name, price) VALUES ('a',1),('b',2),('c',3),('d',4),('e',5)",
        "CREATE TABLE shop.sale (id INT AUTO_INCREMENT PRIMARY KEY, item INT,"
            + " FOREIGN KEY (item) REFERENCES shop.item (id))",
        "INSERT INTO shop.sale (item) VALUES (1),(2),(2),(3)",
        "CREATE TABLE shop.log (line VARCHAR(50))",
        "INSERT INTO shop.log VALUES ('x'),('x'),('y')",
        "CREATE VIEW shop.cheap AS SELECT id, name FROM shop.item WHERE price < 3",
        "CREATE VIEW shop.dear AS SELECT id, name FROM shop.item WHERE price >= 3");
    if (hasSequences()) {
      execute(
          "CREATE SEQUENCE shop.numbers START WITH 100",
          "CREATE SEQUENCE shop.others",
          "CREATE TABLE shop.ticket (id BIGINT DEFAULT (NEXTVAL(shop.numbers)) PRIMARY KEY, v INT)",
          "INSERT INTO shop.ticket (v) VALUES (1),(2)");
    }
    if (hasPrograms()) {
      execute(
          "CREATE TRIGGER shop.shout BEFORE INSERT ON shop.item FOR EACH ROW"
              + " SET NEW.name = UPPER(NEW.name)",
          "CREATE TRIGGER shop.note AFTER INSERT ON shop.sale FOR EACH ROW"
              + " INSERT INTO `shop`.`log` VALUES ('sold')",
          "CREATE PROCEDURE shop.item_count() SELECT COUNT(*) FROM shop.item",
          "CREATE FUNCTION shop.twice(n INT) RETURNS INT DETERMINISTIC RETURN 2*n",
          "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.log");
    }
  }

  protected final void execute(String... statements) throws SQLException {
    engine().server().execute(statements);
  }

  /** The first column of all rows. */
  protected final List<String> ask(String sql) throws SQLException {
    return ask(sql, 1);
  }

  protected final List<String> ask(String sql, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(column)));
      }
    }
    return values;
  }

  protected final RestorePlanner planner(Map<String, String> renames, String... include) {
    return new RestorePlanner(new Selection(List.of(include), List.of()), renames, false);
  }

  /** What the backup holds beside tables and accounts; the latter are in every backup. */
  private List<String> objects() {
    return BackupContents.read(repository, "latest").objects().stream()
        .filter(o -> o.kind() != Kind.ACCOUNT && o.kind() != Kind.GRANTS)
        .map(SchemaObject::toString)
        .sorted()
        .toList();
  }

  @Test
  void aTableIsBackedUpWithWhatBelongsToIt() throws SQLException {
    engine().backup(repository, "shop.item");
    List<String> expected = new ArrayList<>(List.of("database shop"));
    if (hasPrograms()) {
      expected.add("trigger shop.shout");
    }
    assertThat(objects()).isEqualTo(expected);
    execute("DROP DATABASE shop");
    RestoreFlow.Report report = engine().restore(repository, Existing.FAIL);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.verified()).isEqualTo(5);
    execute("INSERT INTO shop.item (name, price) VALUES ('new', 1)");
    assertThat(ask("SELECT name FROM shop.item ORDER BY id DESC LIMIT 1"))
        .containsExactly(hasPrograms() ? "NEW" : "new");
  }

  /** The definition alone does not tell: TiDB prints what the others do not. */
  @Test
  void membersThatTheServerMayNotPrintAreTold() throws SQLException {
    execute(
        "CREATE TABLE shop.mood (`m``y` ENUM('it''s, fine','a😀b') CHARACTER SET utf8mb4,"
            + " s SET('x','y') COMMENT '?', t VARCHAR(9) COMMENT 'enum(''?'')')");
    List<String> told =
        engine().backup(repository, "shop.mood").warnings().stream()
            .filter(w -> w.contains("question mark"))
            .toList();
    if (engine().info().engine().equals("tidb")) {
      assertThat(told).isEmpty();
    } else {
      assertThat(told).hasSize(1).allMatch(w -> w.startsWith("column m`y of table shop.mood has"));
    }
  }

  @Test
  void aBackupOfAHalfRestoredServerSaysSo() {
    assertThat(engine().backup(repository, "shop").warnings())
        .noneMatch(w -> w.contains("unfinished restore"));
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("20261126T012926Z-d92c4e1a/1234");
      assertThat(engine().backup(repository, "shop").warnings())
          .anyMatch(w -> w.contains("unfinished restore of 20261126T012926Z-d92c4e1a, so"));
      importer.complete();
    }
    assertThat(engine().backup(repository, "shop").warnings())
        .noneMatch(w -> w.contains("unfinished restore"));
  }

  @Test
  void viewsAndProgramsAreBackedUpByName() {
    engine().backup(repository, "shop.*e*");
    List<String> expected = new ArrayList<>(List.of("database shop"));
    if (hasPrograms()) {
      expected.addAll(List.of("function shop.twice", "procedure shop.item_count"));
    }
    if (hasSequences()) {
      expected.addAll(List.of("sequence shop.numbers", "sequence shop.others"));
    }
    if (hasPrograms()) {
      expected.addAll(List.of("trigger shop.note", "trigger shop.shout"));
    }
    expected.addAll(List.of("view shop.cheap", "view shop.dear"));
    assertThat(objects()).isEqualTo(expected);
  }

  @Test
  void aTableThatCallsASequenceBringsIt() throws SQLException {
    if (!hasSequences()) {
      return;
    }
    engine().backup(repository, "shop.ticket");
    assertThat(objects()).containsExactly("database shop", "sequence shop.numbers");
    execute("DROP DATABASE shop");
    assertThat(engine().restore(repository, Existing.FAIL).warnings()).isEmpty();
    execute("INSERT INTO shop.ticket (v) VALUES (3)");
    assertThat(ask("SELECT COUNT(*) FROM shop.ticket")).containsExactly("3");
  }

  @Test
  void aRenamedTableTakesTriggersAndForeignKeysAlong() throws SQLException {
    engine().backup(repository, "shop");
    Map<String, String> renames = Map.of("shop.item", "copy.th`ing");
    RestoreFlow.Report report =
        engine()
            .restore(
                repository,
                planner(renames, "shop.item", "shop.cheap", "shop.sale", "shop.log"),
                Existing.REPLACE);

    assertThat(report.warnings()).isEmpty();
    execute("INSERT INTO copy.`th``ing` (name, price, parent) VALUES ('new', 1, 1)");
    assertThat(ask("SELECT name FROM copy.`th``ing` ORDER BY id DESC LIMIT 1"))
        .containsExactly(hasPrograms() ? "NEW" : "new");
    assertThat(
            ask(
                "SELECT CONCAT(TABLE_SCHEMA,'.',TABLE_NAME,'>',REFERENCED_TABLE_SCHEMA,'.',"
                    + "REFERENCED_TABLE_NAME) FROM information_schema.KEY_COLUMN_USAGE WHERE"
                    + " TABLE_SCHEMA IN ('shop','copy') AND REFERENCED_TABLE_NAME IS NOT NULL"
                    + " AND TABLE_NAME<>'item' ORDER BY 1"))
        .containsExactly("copy.th`ing>copy.th`ing", "shop.sale>copy.th`ing");
    assertThat(ask("SELECT name FROM shop.cheap ORDER BY id").size()).isEqualTo(3);
    assertThat(ask("SELECT COUNT(*) FROM shop.item")).containsExactly("5");
  }

  @Test
  void aCopyStandsBesideItsTable() throws SQLException {
    engine().backup(repository, "shop.sale", "shop.item");
    RestorePlanner planner =
        planner(Map.of("shop.item", "item_old", "shop.sale", "sale_old"), "shop.item", "shop.sale");
    execute("DELETE FROM shop.sale");
    if (hasPrograms()) {
      execute("DROP TRIGGER shop.shout", "DROP TRIGGER shop.note");
    }
    assertThat(engine().restore(repository, planner, Existing.FAIL).warnings()).isEmpty();
    assertThat(ask("SELECT COUNT(*) FROM shop.sale_old")).containsExactly("4");
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("0");
    if (hasPrograms()) {
      assertThat(
              ask(
                  "SELECT EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS"
                      + " WHERE TRIGGER_SCHEMA='shop' ORDER BY 1"))
          .containsExactly("item_old", "sale_old");
    }
  }

  @Test
  void whatIsSkippedKeepsItsTriggers() throws SQLException {
    engine().backup(repository, "shop.item", "shop.sale");
    execute("DROP TABLE shop.sale");
    if (hasPrograms()) {
      try (SnapshotImporter importer = engine().importer()) {
        assertThat(importer.triggers()).contains(new TableName("shop", "shout"));
      }
    }
    RestoreFlow.Report report = engine().restore(repository, Existing.SKIP);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.tables()).isEqualTo(1);
  }

  @Test
  void programsThatExistAreRefusedOrSkippedToo() throws SQLException {
    Assumptions.assumeTrue(hasPrograms(), "this server has no programs");
    engine().backup(repository, "shop");
    execute("DROP DATABASE shop", "CREATE DATABASE shop");
    execute("CREATE PROCEDURE shop.ITEM_count() SELECT 'mine'");
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> engine().restore(repository, Existing.FAIL));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("procedure shop.item_count");
    assertThat(ask("SHOW TABLES FROM shop")).isEmpty();

    assertThat(engine().restore(repository, Existing.SKIP).warnings()).isEmpty();
    assertThat(ask("SHOW CREATE PROCEDURE shop.item_count", 3).toString()).contains("mine");
    assertThat(ask("SHOW TABLES FROM shop")).contains("item");
    engine().restore(repository, Existing.REPLACE);
    assertThat(ask("SHOW CREATE PROCEDURE shop.item_count", 3).toString()).doesNotContain("mine");
  }

  private static BackupFlow.Request where(String... conditions) {
    List<RowFilter.Condition> all = new ArrayList<>();
    for (String condition : conditions) {
      int equals = condition.indexOf('=');
      all.add(
          new RowFilter.Condition(condition.substring(0, equals), condition.substring(equals + 1)));
    }
    return request(
        new Scope(new Selection(List.of("shop"), List.of()), new RowFilter(all), Content.ALL));
  }

  private static BackupFlow.Request request(Scope scope) {
    return new BackupFlow.Request(scope, 4, Map.of(), Pace.UNLIMITED, BackupFlow.Request.LOCK_WAIT);
  }

  private static BackupFlow.Request only(Content content) {
    return request(new Scope(new Selection(List.of("shop"), List.of()), RowFilter.NONE, content));
  }

  @Test
  void rowsAreBackedUpWhereAConditionIsTrue() throws SQLException {
    Manifest manifest =
        TestedEngine.backup(
            engine().exporter(),
            repository,
            where("shop.item=id=1 OR price > 3", "shop.l*=line='x'"));
    assertThat(manifest.scope().isPartial()).isTrue();
    assertThat(engine().diff(repository, "shop").differences()).isEmpty();
    execute(
        "UPDATE shop.item SET price=2 WHERE id=2",
        "UPDATE shop.item SET name='dd' WHERE id=4",
        "INSERT INTO shop.log VALUES ('z')");
    assertThat(engine().diff(repository, "shop").differences())
        .hasSize(1)
        .allMatch(d -> d.table().table().equals("item") && d.changed() == 1);

    execute("DROP DATABASE shop");
    RestoreFlow.Report report = engine().restore(repository, Existing.FAIL);
    assertThat(report.verified()).isEqualTo(report.rows());
    assertThat(ask("SELECT id FROM shop.item ORDER BY id")).containsExactly("1", "4", "5");
    assertThat(ask("SELECT line FROM shop.log")).containsExactly("x", "x");
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("4");
  }

  @Test
  void conditionsHoldForEveryRangeOfALargeTable() throws SQLException {
    execute("DROP DATABASE IF EXISTS big");
    engine().makeBig(13);
    SnapshotExporter exporter = new ClaimingExporter(engine().exporter(), 4L << 30);
    RowFilter odd =
        new RowFilter(List.of(new RowFilter.Condition("big.rows", "id % 2 = 1 OR id < 10")));
    Scope scope = new Scope(new Selection(List.of("big"), List.of()), odd, Content.ALL);
    Manifest manifest = TestedEngine.backup(exporter, repository, request(scope));
    assertThat(manifest.totals().rows()).isEqualTo(4096 + 5);
    Manifest alone =
        TestedEngine.backup(
            exporter,
            repository,
            new BackupFlow.Request(
                scope, 1, Map.of(), Pace.UNLIMITED, BackupFlow.Request.LOCK_WAIT));
    assertThat(alone.totals().newChunks()).isZero();
    assertThat(engine().diff(repository, "big").differences()).isEmpty();
    execute("DROP DATABASE big");
    assertThat(engine().restore(repository, Existing.FAIL).verified()).isEqualTo(4096 + 5);
    execute("DROP DATABASE big");
  }

  @Test
  void conditionsThatTheServerRefusesAreNamed() {
    for (String wrong :
        List.of(
            "no_such=1",
            "id = = 2",
            "no_such_function(id)",
            "EXISTS (SELECT 1 FROM shop.no_such)")) {
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () ->
                  TestedEngine.backup(
                      engine().exporter(), repository, where("shop.item=" + wrong)));
      assertThat(e.kind()).as(wrong).isEqualTo(ErrorKind.USAGE);
      assertThat(e.object()).isEqualTo("shop.item");
      assertThat(e.getMessage()).contains(wrong);
    }
    OpsException e =
        catchThrowableOfType(
            OpsException.class,
            () -> TestedEngine.backup(engine().exporter(), repository, where("shop.itme=1")));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(repository.backupIds()).isEmpty();
  }

  @Test
  void definitionsAlone() throws SQLException {
    Manifest manifest = TestedEngine.backup(engine().exporter(), repository, only(Content.SCHEMA));
    assertThat(manifest.totals().rows()).isZero();
    assertThat(manifest.totals().newChunks()).isZero();
    execute("DROP DATABASE shop");
    RestoreFlow.Report report = engine().restore(repository, planner(Map.of()), Existing.FAIL);
    assertThat(report.warnings()).isEmpty();
    assertThat(ask("SELECT COUNT(*) FROM shop.item")).containsExactly("0");
    assertThat(ask("SELECT COUNT(*) FROM shop.cheap")).containsExactly("0");
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> engine().diff(repository, "shop"));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
  }

  @Test
  void aBackupOfAllGivesDefinitionsFirstAndRowsLater() throws SQLException {
    engine().backup(repository, "shop");
    execute("DROP DATABASE shop");
    RestorePlanner rows = planner(Map.of()).only(Content.DATA);
    OpsException missing =
        catchThrowableOfType(
            OpsException.class, () -> engine().restore(repository, rows, Existing.FAIL));
    assertThat(missing.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(missing.getMessage()).contains("shop.item does not exist");

    RestorePlanner definitions = planner(Map.of()).only(Content.SCHEMA);
    assertThat(engine().restore(repository, definitions, Existing.FAIL).rows()).isZero();
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("0");
    if (hasPrograms()) {
      OpsException triggers =
          catchThrowableOfType(
              OpsException.class, () -> engine().restore(repository, rows, Existing.FAIL));
      assertThat(triggers.getMessage()).contains("shop.item has triggers");
      execute("DROP TRIGGER shop.shout", "DROP TRIGGER shop.note");
    }
    assertThat(engine().restore(repository, rows, Existing.FAIL).verified()).isGreaterThan(11);
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("4");
  }

  @Test
  void rowsAloneAreReplacedOrSkipped() throws SQLException {
    TestedEngine.backup(engine().exporter(), repository, only(Content.DATA));
    assertThat(objects()).isEmpty();
    if (hasPrograms()) {
      execute("DROP TRIGGER shop.shout", "DROP TRIGGER shop.note");
    }
    execute("DELETE FROM shop.sale", "UPDATE shop.item SET name='damaged'");
    RestorePlanner planner = planner(Map.of());
    OpsException e =
        catchThrowableOfType(
            OpsException.class, () -> engine().restore(repository, planner, Existing.FAIL));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("hold rows");

    assertThat(engine().restore(repository, planner, Existing.SKIP).tables()).isEqualTo(1);
    assertThat(ask("SELECT COUNT(*) FROM shop.sale")).containsExactly("4");
    assertThat(ask("SELECT DISTINCT name FROM shop.item")).containsExactly("damaged");
    execute("INSERT INTO shop.item (id, name, price) VALUES (7, 'more', 1)");
    RestoreFlow.Report report = engine().restore(repository, planner, Existing.REPLACE);
    assertThat(report.verified()).isEqualTo(report.rows());
    assertThat(ask("SELECT name FROM shop.item ORDER BY id"))
        .containsExactly("a", "b", "c", "d", "e");
  }

  /** A MERGE table shows what others hold: who empties it would empty them. */
  @Test
  void rowsOfOtherTablesAreLeftAlone() throws SQLException {
    if (!hasPrograms()) {
      return; // no MERGE tables either
    }
    execute(
        "CREATE DATABASE parted",
        "CREATE TABLE parted.base (id INT NOT NULL) ENGINE=MyISAM",
        "INSERT INTO parted.base VALUES (1), (2)",
        "CREATE TABLE parted.merged (id INT NOT NULL) ENGINE=MRG_MyISAM UNION=(parted.base)"
            + " INSERT_METHOD=LAST");
    try {
      engine().backup(repository, "parted.merged");
      RestorePlanner rows = planner(Map.of()).only(Content.DATA);
      engine().restore(repository, rows, Existing.REPLACE);
      assertThat(ask("SELECT id FROM parted.base ORDER BY id")).containsExactly("1", "2");
    } finally {
      execute("DROP DATABASE parted");
    }
  }

  @Test
  void rowsThatTheTargetRefusesAreNamed() throws SQLException {
    String parts = " PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (%d))";
    String table = "CREATE TABLE parted.few (id INT PRIMARY KEY)";
    execute(
        "CREATE DATABASE parted",
        table + parts.formatted(100),
        "INSERT INTO parted.few VALUES (1), (50)");
    try {
      engine().backup(repository, "parted");
      execute("DROP TABLE parted.few", table + parts.formatted(10));
      RestorePlanner rows = planner(Map.of()).only(Content.DATA);
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> engine().restore(repository, rows, Existing.FAIL));
      assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      assertThat(e.getMessage()).contains("parted.few").contains("1526");
      assertThat(ask("SELECT * FROM parted.few")).isEmpty();
    } finally {
      execute("DROP DATABASE parted");
    }
  }

  @Test
  void definersAreKeptStrippedOrMapped() throws SQLException {
    if (!hasPrograms()) {
      return;
    }
    execute(
        "CREATE DEFINER=`gone`@`%` VIEW shop.foreign_v AS SELECT 1 AS one",
        "SET sql_mode='ANSI_QUOTES'",
        "CREATE DEFINER=`gone`@`%` PROCEDURE shop.foreign_p() SELECT 1",
        "CREATE DEFINER=`other`@`%` FUNCTION shop.foreign_f() RETURNS INT DETERMINISTIC RETURN 1");
    engine().backup(repository, "shop");
    String asked =
        "SELECT DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_NAME LIKE 'foreign%'"
            + " UNION ALL SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_NAME LIKE"
            + " 'foreign%' ORDER BY 1";
    List<String> kept = ask(asked);
    assertThat(kept).containsExactly("gone@%", "gone@%", "other@%");
    assertThat(notes()).anyMatch(n -> n.contains("definer gone@% does not exist"));
    execute("DROP DATABASE shop");
    engine().restore(repository, planner(Map.of()), Existing.FAIL);
    assertThat(ask(asked)).isEqualTo(kept);

    execute("DROP DATABASE shop");
    DefinerPolicy map =
        new DefinerPolicy(true, Map.of(Definer.parse("gone@%"), Definer.parse("ne`w@127.%")));
    engine().restore(repository, planner(Map.of()).definers(map), Existing.FAIL);
    assertThat(ask(asked).subList(0, 2)).containsExactly("ne`w@127.%", "ne`w@127.%");
    assertThat(ask(asked).get(2)).startsWith("root@");
  }

  @Test
  void namesInDoubleQuotesFollowWhereTheyAreNames() throws SQLException {
    if (!hasPrograms()) {
      return;
    }
    execute(
        "SET sql_mode='ANSI_QUOTES'",
        "CREATE FUNCTION shop.ansi() RETURNS TEXT DETERMINISTIC"
            + " RETURN CONCAT('\"shop\".\"item\"', (SELECT COUNT(*) FROM \"shop\".\"item\"))");
    engine().backup(repository, "shop");
    execute("DROP DATABASE shop");
    engine().restore(repository, planner(Map.of("shop", "mall")), Existing.FAIL);
    assertThat(ask("SELECT mall.ansi()")).containsExactly("\"shop\".\"item\"5");
  }

  /** Statements that make what changes rows by itself. */
  protected List<String> makeSelfActing() {
    return List.of(
        "CREATE EVENT shop.often ON SCHEDULE EVERY 1 HOUR DO DELETE FROM shop.log",
        "CREATE EVENT shop.late ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.sale");
  }

  /** What of it is in action. */
  protected List<String> selfActing() throws SQLException {
    return ask(
        "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA='shop' ORDER BY 1");
  }

  /** An event that ran meanwhile would make a correct restore fail. */
  @Test
  void nothingChangesRowsByItselfBeforeTheyAreVerified() throws SQLException {
    execute(makeSelfActing().toArray(String[]::new));
    List<String> before = selfActing();
    assertThat(before).isNotEmpty();
    engine().backup(repository, "shop");
    execute("DROP DATABASE shop");
    List<String> during = new ArrayList<>();
    SnapshotExporter watched =
        new WatchedExporter(engine().exporter(), () -> during.addAll(selfActingNow()));
    try (SnapshotImporter importer = engine().importer()) {
      RestoreFlow.Report report =
          new RestoreFlow(repository, importer, watched, Progress.NONE)
              .run(
                  TestedEngine.plan(repository, Map.of()),
                  new RestoreFlow.Request(Existing.FAIL, RestoreFlow.Verify.FULL, 2));
      assertThat(report.warnings()).isEmpty();
      assertThat(report.verified()).isEqualTo(report.rows());
    }
    assertThat(during).isEmpty();
    assertThat(selfActing()).isEqualTo(before);
  }

  private List<String> selfActingNow() {
    try {
      return selfActing();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server would drop them when they are made, and run those that are enabled. */
  @Test
  void eventsWhoseTimeIsOverAreKept() throws SQLException {
    Assumptions.assumeTrue(hasPrograms(), "this server has no programs");
    String once = " ON SCHEDULE AT '2020-01-01 10:00:00' ON COMPLETION NOT PRESERVE ";
    String until =
        " ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2018-01-01' ENDS '2020-01-01' ON COMPLETION ";
    String insert = " DO INSERT INTO shop.log VALUES ('late')";
    List<String> off =
        List.of(
            "CREATE EVENT shop.once" + once + "DISABLE COMMENT 'c'" + insert,
            "CREATE DEFINER='no`one'@'%' EVENT shop.`on``ce`" + once + "DISABLE ON SLAVE" + insert,
            "CREATE EVENT shop.later ON SCHEDULE AT '2037-01-01' DISABLE" + insert,
            "CREATE EVENT shop.preserved" + until + "PRESERVE DISABLE" + insert);
    String on = "CREATE EVENT shop.`until`" + until + "NOT PRESERVE ENABLE" + insert;
    String scheduler = ask("SELECT @@event_scheduler").get(0);
    execute("SET GLOBAL event_scheduler=OFF");
    try (Connection then = engine().connect();
        Statement statement = then.createStatement()) {
      statement.execute("SET timestamp=UNIX_TIMESTAMP('2019-01-01'), time_zone='+03:00'");
      for (String event : off) {
        statement.execute(event);
      }
      engine().backup(repository, "shop");
      assertThat(notes()).noneMatch(n -> n.contains("time is over"));
      execute("DROP DATABASE shop");
      assertThat(engine().restore(repository, Existing.FAIL).warnings()).isEmpty();
      assertThat(engine().diff(repository, "shop").definitions()).isEmpty();

      statement.execute(on);
      engine().backup(repository, "shop");
      assertThat(notes())
          .anyMatch(n -> n.contains("its time is over") && n.endsWith(": event shop.until"));
      execute("DROP DATABASE shop", "SET GLOBAL event_scheduler=ON");
      assertThat(engine().restore(repository, Existing.FAIL).warnings()).isEmpty();
      assertThat(engine().diff(repository, "shop").definitions())
          .extracting(DefinitionDiff::object)
          .containsExactly("event shop.until");
      assertThat(ask("SHOW CREATE EVENT shop.`until`", 4).get(0))
          .contains("ON COMPLETION NOT PRESERVE DISABLE DO INSERT");
    } finally {
      execute("SET GLOBAL event_scheduler=" + scheduler);
    }
  }

  /** What a restore of the latest backup would say before it writes. */
  private List<String> notes() {
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan =
        planner(Map.of()).plan(contents.manifest(), contents.tables(), contents.objects());
    try (SnapshotImporter importer = engine().importer()) {
      return new RestoreFlow(repository, importer, engine().exporter(), Progress.NONE)
          .preflight(plan)
          .notes();
    }
  }

  @Test
  void aDefinitionThatTheTargetRefusesIsNamed() throws SQLException {
    Map<String, String> refused =
        Map.of("`id` martian", "table", "`id` int, FOREIGN KEY (`no`) REFERENCES `x` (`y`)", "key");
    try (SnapshotImporter importer = engine().importer()) {
      importer.begin("this one");
      execute("CREATE DATABASE copy");
      refused.forEach(
          (items, name) -> {
            Table table =
                new Table(
                    new TableName("copy", name),
                    List.of(new Column("id", "int", "")),
                    0,
                    false,
                    RawText.ofUtf8("CREATE TABLE `t` (\n  " + items + "\n)"));
            OpsException e =
                catchThrowableOfType(
                    OpsException.class,
                    () -> {
                      importer.createTable(table, table.name());
                      importer.finishTable(table, table.name());
                    });
            assertThat(e.kind()).isEqualTo(ErrorKind.PARTIAL);
            boolean isKey = name.equals("key");
            assertThat(e.object())
                .isEqualTo((isKey ? "a foreign key of copy." : "table copy.") + name);
            assertThat(e.hint()).contains("--exclude");
          });
      importer.complete();
    }
  }

  @Test
  void anIndexThatTheTargetRefusesTakesNoOtherWithIt() throws SQLException {
    if (!hasDeferredIndexes()) {
      return;
    }
    Table table =
        new Table(
            new TableName("copy", "t"),
            List.of(new Column("a", "int", "")),
            0,
            false,
            RawText.ofUtf8(
                "CREATE TABLE `t` (\n  `a` int,\n  KEY `one` (`a`),\n  KEY `bad` (`no`),\n"
                    + "  KEY `two` (`a`,`a2`),\n  `a2` int\n)"));
    try (SnapshotImporter importer = engine().importer();
        ChunkLoader loader = importer.loader()) {
      importer.begin("this one");
      execute("CREATE DATABASE copy");
      importer.createTable(table, table.name());
      OpsException e =
          catchThrowableOfType(
              OpsException.class, () -> loader.complete(table, table.name(), true));
      assertThat(e.kind()).isEqualTo(ErrorKind.PARTIAL);
      assertThat(e.object()).isEqualTo("an index of copy.t");
      assertThat(e).hasMessageContaining("`bad`").hasMessageNotContaining("`two`");
      importer.complete();
    }
    assertThat(
            ask(
                "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS WHERE"
                    + " TABLE_SCHEMA='copy' ORDER BY 1"))
        .containsExactly("one", "two");
  }

  @Test
  void whatATargetDoesNotKnowIsToldBeforeAnythingIsWritten() throws SQLException {
    Table table =
        new Table(
            new TableName("copy", "t"),
            List.of(new Column("id", "int", "")),
            1,
            true,
            RawText.ofUtf8(
                "CREATE TABLE `t` (`id` int COLLATE martian_ci) ENGINE=Crystal CHARSET=klingon"));
    SchemaObject view =
        new SchemaObject(
            SchemaObject.Kind.VIEW,
            "copy",
            "v",
            List.of(RawText.ofUtf8("CREATE DEFINER=`nobody`@`mars` VIEW v AS SELECT 1")),
            Map.of(),
            "broken");
    Incoming incoming =
        new Incoming(new ServerInfo("ours", "99.1", ""), List.of(table), List.of(view));
    try (SnapshotImporter importer = engine().importer()) {
      Preflight said = importer.preflight(incoming);
      assertThat(said.problems())
          .containsExactlyInAnyOrder(
              "the target does not know character set klingon: copy.t",
              "the target does not know collation martian_ci: copy.t");
      assertThat(said.notes()).anyMatch(n -> n.contains("storage engine Crystal"));
      assertThat(said.notes()).anyMatch(n -> n.contains("definer nobody@mars"));
      assertThat(said.notes()).anyMatch(n -> n.contains("not valid") && n.contains("view copy.v"));
      assertThat(said.notes()).anyMatch(n -> n.contains("the backup is of ours"));
      ServerInfo newer = new ServerInfo(engine().info().engine(), "99.1", "");
      assertThat(importer.preflight(new Incoming(newer, List.of(), List.of())).notes())
          .hasSize(1)
          .allMatch(n -> n.contains("the target is older"));
      assertThat(importer.preflight(new Incoming(engine().info(), List.of(), List.of())))
          .isEqualTo(new Preflight(List.of(), List.of()));
    }
    assertThat(ask("SHOW DATABASES LIKE 'copy'")).isEmpty();
  }
}
