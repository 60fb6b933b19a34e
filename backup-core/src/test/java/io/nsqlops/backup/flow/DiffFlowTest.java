package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.groups.Tuple;

/** Differences are counted exactly, between two backups as between a backup and a server. */
class DiffFlowTest {
  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  @Property(tries = 30)
  void keyedRows(@ForAll long seed, @ForAll @IntRange(max = 40) int changes) {
    MemoryTable table = MemoryTable.keyed(MemoryScenario.ITEMS).filled(seed, 300, 30_000);
    MemoryServer server = new MemoryServer().add(table);
    String first = MemoryScenario.backup(server, repository, 2).id();
    Map<Long, String> before = new HashMap<>(table.keys());
    change(table, new Random(seed), changes);
    Map<Long, String> after = table.keys();

    DiffFlow.Report live =
        new DiffFlow(repository, Progress.NONE).live(first, server, Selection.ALL, 2);
    String second = MemoryScenario.backup(server, repository, 2).id();
    DiffFlow.Report backups =
        new DiffFlow(repository, Progress.NONE).backups(first, second, Selection.ALL);
    long onlyFirst = before.keySet().stream().filter(k -> !after.containsKey(k)).count();
    long onlySecond = after.keySet().stream().filter(k -> !before.containsKey(k)).count();
    long changed =
        before.entrySet().stream()
            .filter(e -> after.containsKey(e.getKey()))
            .filter(e -> !e.getValue().equals(after.get(e.getKey())))
            .count();
    for (DiffFlow.Report report : List.of(live, backups)) {
      assertThat(report.equal()).isEqualTo(onlyFirst + onlySecond + changed == 0);
      for (DiffFlow.TableDiff diff : report.differences()) {
        assertThat(List.of(diff.onlyFirst(), diff.onlySecond(), diff.changed()))
            .containsExactly(onlyFirst, onlySecond, changed);
      }
    }
  }

  private static void change(MemoryTable table, Random random, int changes) {
    for (int i = 0; i < changes; i++) {
      List<Long> keys = new ArrayList<>(table.keys().keySet());
      long key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(3)) {
        case 0 -> table.remove(key);
        case 1 -> table.put(key, "changed " + random.nextInt());
        default -> table.put(100_000 + random.nextInt(100), "new");
      }
    }
  }

  /** What lies between two changes and is equal is neither fetched nor read again. */
  @Example
  void onlyTheChunksThatDifferAreFetched() {
    FaultingObjectStore store = new FaultingObjectStore(new MemoryObjectStore());
    Repository counted = MemoryRepositories.unencrypted(store);
    MemoryTable table = MemoryTable.keyed(MemoryScenario.ITEMS).filled(7, 2000, 30_000);
    MemoryServer server = new MemoryServer().add(table);
    Manifest first = MemoryScenario.backup(server, counted, 1);
    assertThat(first.totals().chunks()).isGreaterThan(10);
    List<Long> keys = table.keys().keySet().stream().sorted().toList();
    table.put(keys.get(0), "changed");
    table.remove(keys.get(keys.size() - 1));
    DiffFlow diff = new DiffFlow(counted, Progress.NONE);

    int before = store.calls(Operation.GET);
    DiffFlow.Report report = diff.live(first.id(), server, Selection.ALL, 1);

    assertThat(report.differences())
        .extracting(DiffFlow.TableDiff::onlyFirst, DiffFlow.TableDiff::changed)
        .containsExactly(Tuple.tuple(1L, 1L));
    assertThat(store.calls(Operation.GET) - before)
        .as("the manifest, its parts, and chunks at both ends")
        .isLessThan(10);
  }

  /** Equal rows make equal chunks; each of them counts. */
  @Example
  void rowsWithoutAKeyCountAsOftenAsTheyOccur() {
    MemoryTable table = MemoryTable.keyless(MemoryScenario.LOG);
    String row = "same ".repeat(100_000);
    for (int i = 0; i < 60; i++) {
      table.put(0, row);
    }
    MemoryServer server = new MemoryServer().add(table);
    String first = MemoryScenario.backup(server, repository, 1).id();
    for (int i = 0; i < 40; i++) {
      table.put(0, row);
    }
    String second = MemoryScenario.backup(server, repository, 1).id();
    List<DiffFlow.TableDiff> found =
        new DiffFlow(repository, Progress.NONE).backups(first, second, Selection.ALL).differences();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).onlySecond() - found.get(0).onlyFirst()).isEqualTo(40);
  }

  @Example
  void tablesOnOneSide() {
    TableName other = new TableName("shop", "other");
    MemoryServer server = MemoryScenario.shop();
    String first = MemoryScenario.backup(server, repository, 1).id();
    server.add(MemoryTable.keyed(other));
    String second = MemoryScenario.backup(server, repository, 1).id();
    DiffFlow diff = new DiffFlow(repository, Progress.NONE);

    assertThat(diff.backups(first, second, Selection.ALL).differences())
        .extracting(DiffFlow.TableDiff::toString)
        .containsExactly("shop.other: only in the second");
    assertThat(diff.backups(second, first, Selection.ALL).differences())
        .extracting(DiffFlow.TableDiff::toString)
        .containsExactly("shop.other: only in the first");
    assertThat(diff.live(first, server, Selection.ALL, 1).differences()).hasSize(1);
    Selection without = new Selection(List.of(), List.of("shop.other"));
    assertThat(diff.backups(first, second, without).equal()).isTrue();
    assertThat(diff.live(first, server, without, 1).equal()).isTrue();
  }

  @Example
  void definitionsCountToo() {
    MemoryServer server = MemoryScenario.shop();
    server.add(object(Kind.VIEW, "stays", "CREATE VIEW stays"));
    server.add(object(Kind.VIEW, "changes", "CREATE VIEW changes AS SELECT 1"));
    server.add(object(Kind.TRIGGER, "goes", "CREATE TRIGGER goes"));
    server.add(object(Kind.SEQUENCE, "counts", "CREATE SEQUENCE counts", "SELECT SETVAL(1)"));
    String first = MemoryScenario.backup(server, repository, 1).id();
    DiffFlow diff = new DiffFlow(repository, Progress.NONE);
    assertThat(diff.live(first, server, Selection.ALL, 1).equal()).isTrue();

    MemoryServer later = MemoryScenario.shop();
    later.add(object(Kind.VIEW, "stays", "CREATE VIEW stays"));
    later.add(object(Kind.VIEW, "changes", "CREATE VIEW changes AS SELECT 2"));
    later.add(object(Kind.SEQUENCE, "counts", "CREATE SEQUENCE counts", "SELECT SETVAL(9)"));
    later.add(object(Kind.VIEW, "comes", "CREATE VIEW comes"));
    String second = MemoryScenario.backup(later, repository, 1).id();

    for (DiffFlow.Report report :
        List.of(
            diff.live(first, later, Selection.ALL, 1),
            diff.backups(first, second, Selection.ALL))) {
      assertThat(report.equal()).isFalse();
      assertThat(report.differences()).isEmpty();
      assertThat(report.definitions())
          .extracting(DefinitionDiff::toString)
          .containsExactlyInAnyOrder(
              "view shop.changes: another definition",
              "trigger shop.goes: only in the first",
              "view shop.comes: only in the second");
    }
    Selection without = new Selection(List.of("shop.s*"), List.of());
    assertThat(diff.backups(first, second, without).definitions()).isEmpty();
  }

  private static SchemaObject object(Kind kind, String name, String... statements) {
    List<RawText> texts = List.of(statements).stream().map(RawText::ofUtf8).toList();
    return new SchemaObject(kind, "shop", name, texts, Map.of(), "");
  }

  @Example
  void ofATableOnlyTheOrderOfKeysAndCountersMayDiffer() {
    String ddl = "CREATE TABLE `t` (\n  `a` int,\n  `b` int,\n  KEY `x` (`a`),\n  KEY `y` (`b`)\n)";
    assertThat(difference(ddl + " ENGINE=X AUTO_INCREMENT=7", ddl + " ENGINE=X")).isEmpty();
    String keys = ddl.replace("`x` (`a`)", "`?`").replace("`y` (`b`)", "`x` (`a`)");
    assertThat(difference(ddl, keys.replace("`?`", "`y` (`b`)"))).isEmpty();
    String columns = ddl.replace("`a` int,\n  `b` int", "`b` int,\n  `a` int");
    assertThat(difference(ddl, columns)).isPresent();
    assertThat(difference(ddl, ddl.replace("`b` int", "`b` bigint"))).isPresent();
    assertThat(difference(ddl + " ENGINE=X", ddl + " ENGINE=Y")).isPresent();
  }

  @Example
  void whatDiffersIsShownLineByLine() {
    String ddl = "CREATE TABLE `t` (\n  `a` int(11),\n  `é` char(2),\n  KEY `x` (`a`)\n) ENGINE=X";
    DefinitionDiff diff =
        difference(ddl, ddl.replace("char(2)", "char(3)").replace(",\n  KEY `x` (`a`)", ""))
            .orElseThrow();
    assertThat(diff.onlyFirst()).containsExactly("`é` char(2)", "KEY `x` (`a`)");
    assertThat(diff.onlySecond()).containsExactly("`é` char(3)");
    DefinitionDiff order =
        difference(ddl, ddl.replace("`a` int(11),\n  `é` char(2)", "`é` char(2),\n  `a` int(11)"))
            .orElseThrow();
    assertThat(order.state()).isEqualTo("another order of columns");
  }

  /** MySQL 8.0.19 and later print no widths. */
  @Example
  void widthsOfIntegersCountOnlyWhereBothSidesPrintThem() {
    String old =
        """
        CREATE TABLE `t` (
          `a` int(11) NOT NULL,
          `b` tinyint(1),
          `t` tinyint(4),
          `y` year(4),
          `u` char(1) CHARACTER SET utf8 COLLATE utf8_bin,
          `c` bigint(20) unsigned DEFAULT '7',
          `z` int(5) unsigned zerofill
        ) E""";
    String now =
        old.replace("int(11)", "int")
            .replace("bigint(20)", "bigint")
            .replace("tinyint(4)", "tinyint")
            .replace("year(4)", "year")
            .replace("utf8", "utf8mb3");
    assertThat(difference(old, now)).isEmpty();
    assertThat(difference(now, old)).isEmpty();
    assertThat(difference(old, old.replace("int(11)", "int(9)"))).isPresent();
    assertThat(difference(old, now.replace("int(5)", "int(6)"))).isPresent();
    assertThat(difference(old, now.replace("`a` int", "`a` bigint"))).isPresent();
  }

  private static Optional<DefinitionDiff> difference(String first, String second) {
    TableName name = new TableName("shop", "t");
    return DefinitionDiff.between(name, table(name, first), table(name, second));
  }

  private static Table table(TableName name, String ddl) {
    return new Table(name, List.of(), 0, false, RawText.ofUtf8(ddl));
  }
}
