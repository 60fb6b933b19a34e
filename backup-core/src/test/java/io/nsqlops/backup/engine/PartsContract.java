package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
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
          "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.log");
    }
  }

  protected final void execute(String... statements) throws SQLException {
    engine().server().execute(statements);
  }

  /** The first column of all rows. */
  protected final List<String> ask(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }

  protected final RestorePlanner planner(Map<String, String> renames, String... include) {
    return new RestorePlanner(new Selection(List.of(include), List.of()), renames, false);
  }

  private List<String> objects() {
    return BackupContents.read(repository, "latest").objects().stream()
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
    assertThat(ask("SELECT name FROM shop.item WHERE id=6"))
        .containsExactly(hasPrograms() ? "NEW" : "new");
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
    assertThat(ask("SELECT name FROM copy.`th``ing` WHERE id=6"))
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
    RestoreFlow.Report report = engine().restore(repository, Existing.SKIP);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.tables()).isEqualTo(1);
  }
}
