package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.LoaderFaults;
import io.nsqlops.backup.engine.MemoryImporter;
import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.engine.MemoryTable;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.flow.RestoreFlow.Verify;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.OtherBackups;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreFlowTest {
  private final MemoryServer source = MemoryScenario.shop();
  private final MemoryServer target = new MemoryServer();
  private final MemoryImporter importer = new MemoryImporter(target);
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.unencrypted(store);

  @BeforeEach
  void backUp() {
    MemoryScenario.backup(source, repository, 2);
  }

  private RestoreFlow.Report restore(Existing existing) {
    return MemoryScenario.restore(repository, importer, target, existing);
  }

  private OpsException refused(Existing existing) {
    OpsException e = catchThrowableOfType(OpsException.class, () -> restore(existing));
    assertThat(e).isNotNull();
    return e;
  }

  private void requireComplete() {
    assertThat(MemoryScenario.rows(target)).isEqualTo(MemoryScenario.rows(source));
    assertThat(target.objects()).containsExactlyInAnyOrderElementsOf(source.objects());
    assertThat(importer.unfinished()).isEmpty();
  }

  @Test
  void everythingLands() {
    RestoreFlow.Report report = restore(Existing.FAIL);
    assertThat(report.rows()).isEqualTo(705).isEqualTo(report.verified());
    assertThat(report.tables()).isEqualTo(3);
    assertThat(report.warnings()).isEmpty();
    requireComplete();
  }

  @ParameterizedTest
  @EnumSource(LoaderFaults.When.class)
  void wheneverItIsInterruptedItGoesOn(LoaderFaults.When when) {
    for (int load = 1; load <= 3; load++) {
      int number = load;
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> {
                SnapshotImporter faulty = LoaderFaults.failing(importer, number, when);
                MemoryScenario.restore(repository, faulty, target, Existing.FAIL);
              });
      if (e != null) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(importer.unfinished()).isPresent();
      }
      restore(Existing.FAIL);
      requireComplete();
      target.clear();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Existing.class,
      names = {"FAIL", "REPLACE"})
  void existingTablesAreRefusedOrReplaced(Existing existing) {
    target.add(MemoryTable.keyless(MemoryScenario.LOG).filled(9, 3, 5));
    if (existing == Existing.FAIL) {
      OpsException e = refused(existing);
      assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
      assertThat(e.object()).isEqualTo("shop.log");
      assertThat(importer.unfinished()).isEmpty();
      assertThat(target.table(MemoryScenario.LOG).rows()).hasSize(3);
      assertThat(target.has(MemoryScenario.ITEMS)).isFalse();
    } else {
      restore(existing);
      requireComplete();
    }
  }

  @ParameterizedTest
  @EnumSource(Existing.class)
  void aRehearsalTellsWhatWouldGoAndWritesNothing(Existing existing) {
    target
        .add(MemoryTable.keyless(MemoryScenario.LOG).filled(9, 3, 5))
        .add(MemoryScenario.object(Kind.VIEW, "shop", "few"))
        .add(MemoryScenario.object(Kind.SEQUENCE, "shop", "seq"))
        .add(MemoryScenario.object(Kind.FUNCTION, "shop", "f"));
    Rehearsal rehearsal = rehearse(new RestorePlanner(Selection.ALL, Map.of(), false), existing);

    List<String> removals = rehearsal.removals().stream().map(Object::toString).toList();
    if (existing == Existing.REPLACE) {
      assertThat(removals)
          .containsExactlyInAnyOrder(
              "drop view shop.few",
              "drop table shop.log",
              "drop sequence shop.seq",
              "drop function shop.f");
      assertThat(rehearsal.plan().tables()).hasSize(3);
    } else {
      assertThat(removals).isEmpty();
      assertThat(rehearsal.plan().tables()).hasSize(existing == Existing.SKIP ? 1 : 3);
      assertThat(rehearsal.said().problems()).hasSize(existing == Existing.SKIP ? 0 : 1);
    }
    assertThat(target.table(MemoryScenario.LOG).rows()).hasSize(3);
    assertThat(target.objects()).hasSize(3);
    assertThat(importer.unfinished()).isEmpty();
  }

  @Test
  void aRehearsalOfRowsTellsWhichRowsWouldGo() {
    restore(Existing.FAIL);
    target.add(MemoryTable.keyed(MemoryScenario.FEW));
    Rehearsal rehearsal =
        rehearse(
            new RestorePlanner(Selection.ALL, Map.of(), false).only(Content.DATA),
            Existing.REPLACE);
    assertThat(rehearsal.removals())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("delete the rows of shop.items", "delete the rows of shop.log");
    requireRows();
  }

  private Rehearsal rehearse(RestorePlanner planner, Existing existing) {
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan = planner.plan(contents.manifest(), contents.tables(), contents.objects());
    return new RestoreFlow(repository, importer, target, Progress.NONE)
        .rehearse(plan, new RestoreFlow.Request(existing, Verify.FULL, 2));
  }

  private void requireRows() {
    assertThat(target.table(MemoryScenario.ITEMS).rows())
        .isEqualTo(source.table(MemoryScenario.ITEMS).rows());
  }

  @ParameterizedTest
  @EnumSource(
      value = Existing.class,
      names = {"SKIP", "REPLACE"})
  void aRehearsalTellsWhatBecomesOfAccounts(Existing existing) {
    for (String name : List.of("'new'@'%'", "'old'@'%'", MemoryImporter.OWN_ACCOUNT)) {
      source.add(MemoryScenario.object(Kind.ACCOUNT, "", name));
    }
    target
        .add(MemoryScenario.object(Kind.ACCOUNT, "", "'old'@'%'"))
        .add(MemoryScenario.object(Kind.ACCOUNT, "", MemoryImporter.OWN_ACCOUNT));
    MemoryScenario.backup(source, repository, 1);
    Rehearsal rehearsal = rehearse(new RestorePlanner(Selection.ALL, Map.of(), true), existing);
    boolean replacing = existing == Existing.REPLACE;
    assertThat(rehearsal.newAccounts()).containsExactly("'new'@'%'");
    assertThat(rehearsal.replacedAccounts()).isEqualTo(replacing ? Set.of("'old'@'%'") : Set.of());
    assertThat(rehearsal.leftAccounts())
        .contains(MemoryImporter.OWN_ACCOUNT)
        .hasSize(replacing ? 1 : 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"VIEW", "SEQUENCE"})
  void existingViewsAndSequencesCountAsTables(Kind kind) {
    SchemaObject theirs = MemoryScenario.object(kind, "shop", kind == Kind.VIEW ? "v" : "seq");
    target.add(theirs);
    assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.USAGE);
    restore(Existing.SKIP);
    requireComplete();
  }

  @Test
  void whatIsSkippedStaysAsItIsEvenIfTheRestoreIsInterrupted() {
    target.add(MemoryTable.keyless(MemoryScenario.LOG).filled(9, 3, 5));
    List<String> theirs = target.table(MemoryScenario.LOG).rows();
    importer.failAtLoad(1);
    assertThat(refused(Existing.SKIP).kind()).isEqualTo(ErrorKind.TRANSIENT);
    importer.failAtLoad(0);
    restore(Existing.SKIP);

    assertThat(target.table(MemoryScenario.LOG).rows()).isEqualTo(theirs);
    assertThat(target.table(MemoryScenario.ITEMS).rows())
        .isEqualTo(source.table(MemoryScenario.ITEMS).rows());
  }

  /** As if the program was killed between the mark and the first drop. */
  @Test
  void whatWasToBeReplacedIsDroppedAfterAnInterruption() {
    target.add(MemoryTable.keyless(MemoryScenario.LOG).filled(9, 3, 5));
    BackupContents contents = BackupContents.read(repository, "latest");
    importer.begin(
        new RestorePlanner(Selection.ALL, Map.of(), false)
            .plan(contents.manifest().id(), contents.tables(), contents.objects())
            .restoreId());
    assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.USAGE);
    restore(Existing.REPLACE);
    requireComplete();
  }

  @Test
  void anotherSelectionIsAnotherRestore() {
    importer.failAtLoad(1);
    assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
    importer.failAtLoad(0);
    Selection few = new Selection(List.of("shop.few"), List.of());
    for (Existing existing : Existing.values()) {
      OpsException e =
          catchThrowableOfType(
              OpsException.class,
              () -> MemoryScenario.restore(repository, importer, target, existing, few));
      assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
    }
    restore(Existing.FAIL);
    requireComplete();
  }

  /** A schedule may have backed up the half restored target meanwhile. */
  @Test
  void theUnfinishedRestoreNamesItsBackup() {
    assertThat(RestoreFlow.begun(importer, repository)).isEmpty();
    importer.failAtLoad(2);
    assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
    String first = repository.find("latest").id();
    MemoryScenario.backup(source, repository, 1);
    assertThat(RestoreFlow.begun(importer, repository)).contains(first);
    Repository other = MemoryRepositories.unencrypted(new MemoryObjectStore());
    assertThat(RestoreFlow.begun(importer, other)).isEmpty();
  }

  private SchemaObject addTrigger() {
    RawText ddl = RawText.ofUtf8("CREATE TRIGGER `t`");
    SchemaObject trigger =
        new SchemaObject(Kind.TRIGGER, "shop", "t", List.of(ddl), Map.of(), "", "items");
    source.add(trigger);
    source.add(MemoryScenario.object(Kind.EVENT, "shop", "e"));
    MemoryScenario.backup(source, repository, 2);
    return trigger;
  }

  @Test
  void aTableThatIsNotTakenKeepsNoOtherBack() {
    SchemaObject trigger = addTrigger();
    importer.refuse(MemoryScenario.ITEMS, ErrorKind.PARTIAL);
    RestoreFlow.Report report = restore(Existing.FAIL);

    assertThat(report.missing()).extracting(m -> m.as()).containsExactly(MemoryScenario.ITEMS);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.tables()).isEqualTo(2);
    assertThat(report.rows()).isEqualTo(305).isEqualTo(report.verified());
    assertThat(target.has(MemoryScenario.ITEMS)).isFalse();
    assertThat(target.objects()).hasSize(source.objects().size() - 1).doesNotContain(trigger);
    assertThat(importer.unfinished()).isEmpty();

    importer.refuse(MemoryScenario.ITEMS, null);
    Selection items = new Selection(List.of("shop.items"), List.of());
    MemoryScenario.restore(repository, importer, target, Existing.FAIL, items);
    requireComplete();
  }

  @Test
  void anUnfinishedRestoreGoesOnWhateverIsToBecomeOfWhatIsThere() {
    for (Existing existing : Existing.values()) {
      importer.failAtLoad(2);
      assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
      importer.failAtLoad(0);
      restore(existing);
      requireComplete();
      target.clear();
    }
  }

  /** The restore was done in part; when all is mended, it looks as if it were done in full. */
  @Test
  void triggersThatAreNotMadeWithTablesThatStayAreTold() {
    SchemaObject trigger = addTrigger();
    importer.needs(trigger, ErrorKind.USAGE, MemoryScenario.object(Kind.VIEW, "shop", "no"));
    assertThat(restore(Existing.FAIL).warnings()).hasSize(1);
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of(), false)
            .plan(contents.manifest(), contents.tables(), contents.objects());
    List<String> told = new ArrayList<>();
    RestoreFlow flow = new RestoreFlow(repository, importer, target, new Warnings(told));
    flow.run(plan, new RestoreFlow.Request(Existing.SKIP, Verify.FULL, 1));
    String missing =
        "trigger shop.t is not there and is not made: its table items is left as it is";
    assertThat(told).contains(missing);
    told.clear();
    target.add(trigger);
    flow.run(plan, new RestoreFlow.Request(Existing.SKIP, Verify.FULL, 1));
    assertThat(told).doesNotContain(missing);
  }

  /** What somebody makes under that name afterwards is not this restore's. */
  @Test
  void aTableThatIsNotTakenIsNotNoted() {
    importer.refuse(MemoryScenario.ITEMS, ErrorKind.PARTIAL);
    importer.failAtLoad(1);
    assertThat(refused(Existing.FAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
    importer.failAtLoad(0);
    importer.refuse(MemoryScenario.ITEMS, null);
    target.add(MemoryTable.keyed(MemoryScenario.ITEMS).filled(8, 2, 3));
    List<String> theirs = target.table(MemoryScenario.ITEMS).rows();
    assertThat(refused(Existing.FAIL).object()).isEqualTo("shop.items");
    restore(Existing.SKIP);
    assertThat(target.table(MemoryScenario.ITEMS).rows()).isEqualTo(theirs);
  }

  @Test
  void rowsThatAreNotTakenKeepNoOtherBackAndTheRestoreGoesOn() {
    addTrigger();
    importer.refuse(MemoryScenario.ITEMS, ErrorKind.VERIFICATION_FAILED);
    OpsException e = refused(Existing.FAIL);
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.object()).isEqualTo("shop.items");
    assertThat(e.hint()).contains("goes on");
    assertThat(importer.unfinished()).isPresent();
    Map<TableName, List<String>> rest = MemoryScenario.rows(source);
    rest.put(MemoryScenario.ITEMS, List.of());
    assertThat(MemoryScenario.rows(target)).isEqualTo(rest);
    assertThat(target.objects()).noneMatch(o -> o.kind() == Kind.EVENT);

    importer.refuse(MemoryScenario.ITEMS, null);
    restore(Existing.FAIL);
    requireComplete();
  }

  /** What is given up counts as done, whoever worked on it. */
  @Test
  void progressEndsAtTheEndWhateverIsGivenUp() {
    importer.refuse(MemoryScenario.ITEMS, ErrorKind.VERIFICATION_FAILED);
    Loaded loaded = new Loaded();
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of(), false)
            .plan(contents.manifest(), contents.tables(), contents.objects());
    RestoreFlow flow = new RestoreFlow(repository, importer, target, loaded);
    RestoreFlow.Request request = new RestoreFlow.Request(Existing.FAIL, Verify.FULL, 3);
    assertThat(catchThrowableOfType(OpsException.class, () -> flow.run(plan, request))).isNotNull();
    assertThat(loaded.left.get()).isZero();
  }

  /** How much of the phase of loading is not done. */
  private static final class Loaded implements Progress {
    private final AtomicLong left = new AtomicLong();
    private volatile boolean loading;

    @Override
    public void phase(String name, long totalBytes) {
      loading = name.equals("load");
      if (loading) {
        left.set(totalBytes);
      }
    }

    @Override
    public void advanced(long rows, long bytes) {
      left.addAndGet(loading ? -bytes : 0);
    }

    @Override
    public void settled(long guessed, long actual) {
      left.addAndGet(loading ? actual - guessed : 0);
    }

    @Override
    public void warning(String message) {}
  }

  @Test
  void noTableAtAllIsTaken() {
    List<TableName> all = List.of(MemoryScenario.ITEMS, MemoryScenario.LOG, MemoryScenario.FEW);
    all.forEach(t -> importer.refuse(t, ErrorKind.VERIFICATION_FAILED));
    assertThat(refused(Existing.FAIL).getMessage()).contains("3 tables");
    all.forEach(t -> importer.refuse(t, null));
    restore(Existing.FAIL);
    requireComplete();
  }

  @Test
  void damagedRowsAreThoseOfOneTable() {
    String victim = store.list("chunks/").map(ObjectInfo::key).findFirst().orElseThrow();
    byte[] sound = store.get(victim).orElseThrow();
    store.put(victim, new byte[40]);
    OpsException e = refused(Existing.FAIL);
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e).hasMessageContaining("cannot be had");
    assertThat(e.hint())
        .contains("no other backup of this server")
        .contains("run the same command again");
    store.put(victim, sound);
    String part =
        MemoryScenario.backup(
                source, repository, new Scope(new Selection(List.of("shop.few"), List.of())))
            .id();
    String later = MemoryScenario.backup(source, repository, 1).id();
    store.put(victim, new byte[40]);
    assertThat(OtherBackups.ofTheSameRows(repository, repository.backupIds().get(0), "restore"))
        .startsWith("or restore another backup (" + later + ";")
        // it may not hold them
        .doesNotContain(part);
    store.delete(RepositoryLayout.manifest(later));
    store.delete(RepositoryLayout.manifest(part));
    Map<TableName, List<String>> rest = MemoryScenario.rows(source);
    rest.values().removeIf(rows -> !MemoryScenario.rows(target).containsValue(rows));
    assertThat(rest).hasSize(2);

    store.put(victim, sound);
    restore(Existing.FAIL);
    requireComplete();
  }

  /** The tables are the user's own: nothing of them is dropped. */
  @Test
  void rowsThatAreNotTakenEndARestoreOfRowsAlone() {
    restore(Existing.FAIL);
    importer.refuse(MemoryScenario.ITEMS, ErrorKind.VERIFICATION_FAILED);
    BackupContents contents = BackupContents.read(repository, "latest");
    RestorePlan plan =
        new RestorePlanner(Selection.ALL, Map.of(), false)
            .only(Content.DATA)
            .plan(contents.manifest(), contents.tables(), contents.objects());
    RestoreFlow flow = new RestoreFlow(repository, importer, target, Progress.NONE);
    RestoreFlow.Request request = new RestoreFlow.Request(Existing.REPLACE, Verify.FULL, 2);
    OpsException e = catchThrowableOfType(OpsException.class, () -> flow.run(plan, request));
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(target.has(MemoryScenario.ITEMS)).isTrue();
    assertThat(importer.unfinished()).isPresent();
    importer.refuse(MemoryScenario.ITEMS, null);
    flow.run(plan, request);
    requireComplete();
  }

  @Test
  void aRowThatSomebodyWroteMeanwhileIsFound() {
    SnapshotImporter meddled =
        new LoaderFaults(
            importer,
            1,
            LoaderFaults.When.AFTER,
            () -> target.table(MemoryScenario.ITEMS).put(-5, "not of the backup"));
    OpsException e =
        catchThrowableOfType(
            OpsException.class,
            () -> MemoryScenario.restore(repository, meddled, target, Existing.FAIL));
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.object()).isEqualTo("shop.items");
    assertThat(importer.unfinished()).isPresent();
  }
}
