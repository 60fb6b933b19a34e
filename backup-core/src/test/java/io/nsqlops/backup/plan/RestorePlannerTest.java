package io.nsqlops.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {
  private static final List<TableBackup> TABLES =
      List.of(table("shop", "items"), table("shop", "orders"), table("crm", "items"));
  private static final List<SchemaObject> OBJECTS =
      List.of(
          object(Kind.DATABASE, "shop", "shop", "CREATE DATABASE `shop`"),
          object(Kind.DATABASE, "crm", "crm", "CREATE DATABASE `crm`"),
          object(Kind.SEQUENCE, "shop", "seq", "SELECT SETVAL(`shop`.`seq`, 1)"),
          object(Kind.VIEW, "shop", "v", "CREATE VIEW `v` AS SELECT * FROM `crm`.`items`"),
          object(Kind.ACCOUNT, "", "'a'@'%'", "CREATE USER 'a'@'%' REQUIRE SUBJECT '`shop`.x'"),
          object(Kind.GRANTS, "", "'a'@'%'", "GRANT SELECT ON `shop`.* TO 'a'@'%'"));

  @Test
  void everything() {
    RestorePlan plan = plan(Selection.ALL, Map.of());
    assertThat(plan.tables().stream().map(RestorePlan.TableRestore::as))
        .containsExactly(
            new TableName("shop", "items"),
            new TableName("shop", "orders"),
            new TableName("crm", "items"));
    assertThat(plan.objects()).extracting(SchemaObject::name).doesNotContain("'a'@'%'").hasSize(4);
    assertThat(plan.rows()).isEqualTo(15);
    assertThat(plan.bytes()).isEqualTo(300);
  }

  @Test
  void accountsAreRestoredWhenAskedFor() {
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of(), true).plan("id", TABLES, OBJECTS);
    assertThat(plan.objects(Kind.ACCOUNT)).hasSize(1);
    assertThat(plan.objects(Kind.GRANTS)).hasSize(1);
    List<String> lines = plan.describe();
    assertThat(lines.indexOf("create account 'a'@'%'"))
        .isLessThan(lines.indexOf("create view shop.v"));
    assertThat(lines).endsWith("grant what 1 of the accounts may do");
    assertThat(plan.restoreId()).isNotEqualTo(plan(Selection.ALL, Map.of()).restoreId());
  }

  @Test
  void namesThatCannotBeAreRefusedBeforeAnythingIsMade() {
    for (String name : List.of("", "a.", ".b", "x ", "y".repeat(65), "`a`", "a.`b`")) {
      OpsException e =
          catchThrowableOfType(OpsException.class, () -> plan(Selection.ALL, Map.of("shop", name)));
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.getMessage()).contains("'" + name + "'");
    }
    RestorePlan both = plan(Selection.ALL, Map.of("shop", "s2", "shop.items", "goods"));
    assertThat(both.tables().stream().map(RestorePlan.TableRestore::as))
        .contains(new TableName("s2", "goods"), new TableName("s2", "orders"));
  }

  /** Beside the original it would work on that. */
  @Test
  void whatStillNamesTheOldDatabaseIsToldAndEventsOfItAreDisabled() {
    String schedule = "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY ON COMPLETION NOT PRESERVE ENABLE";
    List<SchemaObject> objects =
        List.of(
            object(Kind.EVENT, "shop", "e", schedule + " DO DELETE FROM Shop . items"),
            object(Kind.EVENT, "shop", "f", schedule + " DO DELETE FROM `shop`.items"),
            object(
                Kind.EVENT,
                "shop",
                "h",
                schedule + " DO BEGIN -- don't keep\n/* can't */ DELETE FROM shop.items; END"),
            object(Kind.EVENT, "shop", "g", schedule + " DO SELECT 'my shopping', myshop.a, shop"),
            object(Kind.EVENT, "shop", "i", schedule + " DO DROP DATABASE IF EXISTS `shop`"),
            object(
                Kind.EVENT,
                "shop",
                "j",
                schedule + " DO EXECUTE IMMEDIATE CONCAT('DELETE FROM ', 'shop', '.items')"),
            object(Kind.PROCEDURE, "shop", "p", "CREATE PROCEDURE `p`() SELECT 1 FROM shop.items"));
    RestorePlanner planner = new RestorePlanner(Selection.ALL, Map.of("shop", "copy"), false);
    RestorePlan plan = planner.plan("id", TABLES, objects);

    List<String> events =
        plan.objects(Kind.EVENT).stream().map(o -> o.statements().get(0).toString()).toList();
    assertThat(events.get(0)).contains("NOT PRESERVE DISABLE DO DELETE FROM Shop . items");
    assertThat(events.get(1)).contains("ENABLE DO DELETE FROM `copy`.items");
    assertThat(events.get(2)).contains("DISABLE DO BEGIN");
    assertThat(events.get(3)).contains("ENABLE DO SELECT");
    assertThat(events.get(4)).contains("DISABLE DO DROP");
    assertThat(events.get(5)).contains("DISABLE DO EXECUTE");
    assertThat(planner.notes())
        .hasSize(5)
        .anyMatch(
            n -> n.startsWith("event copy.e still names database shop") && n.endsWith("disabled"))
        .anyMatch(n -> n.startsWith("procedure copy.p still names database shop"));
    planner.plan("id", TABLES, List.of());
    assertThat(planner.notes()).isEmpty();
  }

  /** Without a database a name means that of the program's own, where the table is not any more. */
  @Test
  void programsThatNameARenamedTableAreTold() {
    List<SchemaObject> objects =
        List.of(
            object(Kind.PROCEDURE, "shop", "p", "CREATE PROCEDURE `p`() SELECT 1 FROM items"),
            object(Kind.PROCEDURE, "shop", "q", "CREATE PROCEDURE `q`() SELECT `items`.a FROM x"),
            object(Kind.PROCEDURE, "shop", "r", "CREATE PROCEDURE `r`() SELECT 'items', my_items"),
            object(
                Kind.PROCEDURE,
                "shop",
                "s",
                "CREATE PROCEDURE `s`() SELECT 1 FROM `shop`.`items`"));
    RestorePlanner planner =
        new RestorePlanner(Selection.ALL, Map.of("shop.items", "goods"), false);
    planner.plan("id", TABLES, objects);

    assertThat(planner.notes())
        .hasSize(2)
        .allMatch(n -> n.contains("names items, which is restored under another name"))
        .anyMatch(n -> n.startsWith("procedure shop.p"))
        .anyMatch(n -> n.startsWith("procedure shop.q"));
  }

  @Test
  void onlyTablesAndViewsAreRenamedAlone() {
    List<SchemaObject> objects =
        List.of(object(Kind.PROCEDURE, "shop", "p", "CREATE PROCEDURE `p`() SELECT 1"));
    RestorePlanner planner = new RestorePlanner(Selection.ALL, Map.of("shop.p", "q"), false);
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> planner.plan("id", TABLES, objects));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e)
        .hasMessage("shop.p is a procedure, which is renamed with its database only")
        .extracting(OpsException::object)
        .isEqualTo("--rename shop.p=q");
    assertThat(e.hint()).contains("--rename shop=OTHER");
  }

  @Test
  void viewsAndTablesOfOneNameAreRefusedBeforeAnythingIsMade() {
    List<SchemaObject> objects =
        List.of(object(Kind.VIEW, "shop", "v", "CREATE VIEW `shop`.`v` AS SELECT 1"));
    RestorePlanner planner = new RestorePlanner(Selection.ALL, Map.of("shop.v", "items"), false);
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> planner.plan("id", TABLES, objects));
    assertThat(e).hasMessageContaining("would both become shop.items");
  }

  @Test
  void whatFitsNothingIsTold() {
    List<SchemaObject> objects =
        List.of(object(Kind.VIEW, "shop", "v", "CREATE DEFINER=`a`@`%` VIEW `v` AS SELECT 1"));
    Definer other = Definer.parse("c@%");
    DefinerPolicy map =
        new DefinerPolicy(false, Map.of(Definer.parse("a@%"), other, Definer.parse("b@%"), other));
    RestorePlanner planner =
        new RestorePlanner(new Selection(List.of(), List.of("crm", "shop.itmes")), Map.of(), false)
            .definers(map);
    planner.plan("id", TABLES, objects);
    assertThat(planner.notes())
        .containsExactly(
            "nothing in backup id fits --exclude shop.itmes",
            "nothing that is restored of backup id has the definer b@% of --definer-map");
  }

  @Test
  void rightsFollowARenamedDatabaseAndAccountsStayAsTheyAre() {
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of("shop", "s_2"), true).plan("id", TABLES, OBJECTS);
    assertThat(plan.objects(Kind.ACCOUNT)).containsExactly(OBJECTS.get(4));
    assertThat(plan.objects(Kind.GRANTS).get(0).statements().get(0))
        .hasToString("GRANT SELECT ON `s\\_2`.* TO 'a'@'%'");
  }

  @Test
  void aSelectedTableBringsItsDatabaseAndNothingElse() {
    RestorePlan plan = plan(new Selection(List.of("shop.items"), List.of()), Map.of());
    assertThat(plan.tables()).hasSize(1);
    // and the sequence that its definition calls
    assertThat(plan.objects()).containsExactly(OBJECTS.get(0), OBJECTS.get(2));
    Selection without = new Selection(List.of("shop.items"), List.of("shop.seq"));
    assertThat(plan(without, Map.of()).objects()).containsExactly(OBJECTS.get(0));
  }

  @Test
  void triggersGoWithTheirTables() {
    SchemaObject trigger =
        trigger(
            "CREATE DEFINER=`a b`@`%` TRIGGER t AFTER\nINSERT ON shop.items"
                + " FOR EACH ROW SET @x = 'shop.items'",
            "items");
    SchemaObject old =
        trigger("CREATE TRIGGER `u` BEFORE DELETE ON `items` FOR EACH ROW BEGIN END", "");
    List<SchemaObject> both = List.of(trigger, old);
    Selection items = new Selection(List.of("shop.items"), List.of());
    Selection orders = new Selection(List.of("shop.orders"), List.of());

    assertThat(plan(items, Map.of(), both).objects(Kind.TRIGGER)).containsExactly(trigger);
    assertThat(plan(orders, Map.of(), both).objects(Kind.TRIGGER)).isEmpty();
    SchemaObject moved =
        plan(items, Map.of("shop.items", "new.thi`ngs"), both).objects(Kind.TRIGGER).get(0);
    assertThat(moved.database()).isEqualTo("new");
    assertThat(moved.table()).isEqualTo("thi`ngs");
    assertThat(moved.statements().get(0))
        .hasToString(
            "CREATE DEFINER=`a b`@`%` TRIGGER `new`.`t` AFTER\nINSERT ON `new`.`thi``ngs`"
                + " FOR EACH ROW SET @x = 'shop.items'");
  }

  private static SchemaObject trigger(String sql, String table) {
    return new SchemaObject(
        Kind.TRIGGER, "shop", "t", List.of(RawText.ofUtf8(sql)), Map.of(), "", table);
  }

  private static RestorePlan plan(
      Selection selection, Map<String, String> renames, List<SchemaObject> objects) {
    return new RestorePlanner(selection, renames, false).plan("id", TABLES, objects);
  }

  @Test
  void aRenamedDatabaseMovesWithAllInIt() {
    RestorePlan plan = plan(Selection.ALL, Map.of("shop", "new", "crm", "c`2"));
    assertThat(plan.tables().get(0).as()).isEqualTo(new TableName("new", "items"));
    assertThat(plan.tables().get(0).source().table().ddl())
        .hasToString("CREATE TABLE `items` (`id` int DEFAULT nextval(`new`.`seq`))");
    assertThat(plan.tables().get(2).as()).isEqualTo(new TableName("c`2", "items"));
    assertThat(plan.objects(Kind.DATABASE).get(0))
        .isEqualTo(object(Kind.DATABASE, "new", "new", "CREATE DATABASE `new`"));
    assertThat(plan.objects(Kind.SEQUENCE).get(0))
        .isEqualTo(object(Kind.SEQUENCE, "new", "seq", "SELECT SETVAL(`new`.`seq`, 1)"));
    assertThat(plan.objects(Kind.VIEW).get(0).statements().get(0))
        .hasToString("CREATE VIEW `v` AS SELECT * FROM `c``2`.`items`");
  }

  @Test
  void aRenamedTableMayLeaveItsDatabase() {
    Selection one = new Selection(List.of("shop.items"), List.of());
    assertThat(plan(one, Map.of("shop.items", "old")).tables().get(0).as())
        .isEqualTo(new TableName("shop", "old"));
    RestorePlan plan = plan(one, Map.of("shop.items", "other.old"));
    assertThat(plan.tables().get(0).as()).isEqualTo(new TableName("other", "old"));
    assertThat(plan.objects(Kind.DATABASE))
        .contains(object(Kind.DATABASE, "other", "other", "CREATE DATABASE `other`"));
  }

  @Test
  void twoTablesCannotBecomeOne() {
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> plan(Selection.ALL, Map.of("crm", "shop")));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.object()).isEqualTo("shop.items");
    assertThat(plan(Selection.ALL, Map.of("crm", "shop", "shop", "crm")).tables()).hasSize(3);
  }

  @Test
  void anEmptyPlanIsAMistake() {
    Selection nothing = new Selection(List.of("nothing"), List.of());
    OpsException e = catchThrowableOfType(OpsException.class, () -> plan(nothing, Map.of()));
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
  }

  @Test
  void objectsWithoutStatementsAreLeftOut() {
    SchemaObject hidden =
        new SchemaObject(Kind.PROCEDURE, "shop", "p", List.of(), Map.of(), "hidden");
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of(), false).plan("id", TABLES, List.of(hidden));
    assertThat(plan.objects(Kind.PROCEDURE)).isEmpty();
    assertThat(plan.objects(Kind.DATABASE)).hasSize(2);
  }

  @Test
  void theIdOfARestoreTellsSelectionAndNames() {
    String id = plan(Selection.ALL, Map.of()).restoreId();
    assertThat(id).startsWith("id/").isEqualTo(plan(Selection.ALL, Map.of()).restoreId());
    assertThat(id)
        .isNotEqualTo(plan(Selection.ALL, Map.of("shop.items", "old")).restoreId())
        .isNotEqualTo(plan(new Selection(List.of("shop"), List.of()), Map.of()).restoreId());
  }

  @Test
  void aViewGoesWhereItIsSaidToGo() {
    SchemaObject view =
        plan(Selection.ALL, Map.of("shop.v", "elsewhere.w")).objects(Kind.VIEW).get(0);

    assertThat(view.database() + "." + view.name()).isEqualTo("elsewhere.w");
    assertThat(plan(Selection.ALL, Map.of("shop.v", "elsewhere.w")).objects(Kind.DATABASE))
        .extracting(SchemaObject::name)
        .contains("elsewhere");
    assertThatThrownBy(() -> plan(Selection.ALL, Map.of("shop.seq", "s")))
        .hasMessageContaining("shop.seq is a sequence");
  }

  @Test
  void aNameThatIsNotThereIsNotRenamed() {
    for (String name : List.of("shpo", "shop.item", "nothing.items")) {
      assertThatThrownBy(() -> plan(Selection.ALL, Map.of(name, "other")))
          .as(name)
          .hasMessage("nothing that is restored of backup id is named " + name);
    }
    Selection crm = new Selection(List.of("crm"), List.of());
    assertThatThrownBy(() -> plan(crm, Map.of("shop.items", "other")))
        .hasMessageContaining("is named shop.items");
  }

  @Test
  void theNewNameOfADatabaseIsNotThatOfItsTablesInTheBackup() {
    Map<String, String> renames = Map.of("shop", "copy", "copy.items", "goods");
    OpsException e = catchThrowableOfType(OpsException.class, () -> plan(Selection.ALL, renames));
    assertThat(e).hasMessageContaining("is named copy.items");
    assertThat(e.hint()).endsWith("--rename shop.items=goods");
  }

  @Test
  void aDatabaseThatGetsTheNameOfATableIsTold() {
    RestorePlanner planner =
        new RestorePlanner(
            Selection.ALL, Map.of("shop", "copy.items", "crm.items", "old.items"), false);
    planner.plan("id", TABLES, List.of());
    assertThat(planner.notes())
        .containsExactly("shop is a database: what is in it goes to a database named `copy.items`");
  }

  @Test
  void plansCanBeRead() {
    assertThat(plan(Selection.ALL, Map.of("crm", "c2")).describe())
        .containsExactly(
            "restore of backup id",
            "create database shop",
            "create database c2",
            "create sequence shop.seq",
            "load table shop.items: 5 rows, 100 bytes, 1 chunk",
            "load table shop.orders: 5 rows, 100 bytes, 1 chunk",
            "load table crm.items as c2.items: 5 rows, 100 bytes, 1 chunk",
            "create view shop.v");
  }

  private static RestorePlan plan(Selection selection, Map<String, String> renames) {
    return new RestorePlanner(selection, renames, false).plan("id", TABLES, OBJECTS);
  }

  private static TableBackup table(String database, String name) {
    RawText ddl =
        RawText.ofUtf8("CREATE TABLE `" + name + "` (`id` int DEFAULT nextval(`shop`.`seq`))");
    Table table =
        new Table(
            new TableName(database, name), List.of(new Column("id", "int", "")), 1, true, ddl);
    ChunkRef chunk = new ChunkRef("0".repeat(64), 5, 100, 50, RawText.ofUtf8("9"), false, null);
    return new TableBackup(table, 21, List.of(chunk), "");
  }

  private static SchemaObject object(Kind kind, String database, String name, String sql) {
    return new SchemaObject(kind, database, name, List.of(RawText.ofUtf8(sql)), Map.of(), "");
  }
}
