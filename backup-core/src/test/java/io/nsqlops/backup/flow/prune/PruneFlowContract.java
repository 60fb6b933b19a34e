package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.repository.BackupLease;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Pins;
import io.nsqlops.backup.repository.PruneLease;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a prune does to a repository, whatever store it is in. */
abstract class PruneFlowContract {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private ObjectStore store;
  private Repository repository;
  private List<String> ids;

  /** An empty store. */
  abstract ObjectStore newStore() throws Exception;

  @BeforeEach
  void fill() throws Exception {
    store = newStore();
    repository = MemoryRepositories.encrypted(store, "secret");
    ids = new ArrayList<>();
    for (int version = 0; version < 4; version++) {
      ids.add(Scene.backup(repository, CLOCK, version, version / 2, 0).id());
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private PruneReport prune(PruneRequest request) {
    return Scene.prune(repository, CLOCK, request);
  }

  private static PruneRequest keepLast(int last) {
    return Scene.keepLast(last, Duration.ofHours(24));
  }

  @Test
  void removesWhatNoRuleKeepsAndWhatOnlyThatNeeded() {
    PruneRequest request = keepLast(2);
    Forecast planned = new PruneFlow(repository, CLOCK, Progress.NONE).plan(request);
    assertThat(repository.backupIds()).containsExactlyElementsOf(ids);

    PruneReport report = prune(request);

    assertThat(repository.backupIds()).containsExactlyElementsOf(ids.subList(2, 4));
    Scene.requireWhole(repository, "pruned");
    assertThat(report.chunks()).isEqualTo(new Amount(3, planned.chunks().bytes()));
    assertThat(report.forecast()).isEqualTo(planned);
    assertThat(report.freedBytes()).isGreaterThan(report.chunks().bytes());
    assertThat(Scene.keys(store, "chunks/")).hasSize(4);
    for (String removed : ids.subList(0, 2)) {
      assertThat(Scene.keys(store, "backups/" + removed + "/")).isEmpty();
    }
    assertThat(Scene.keys(store, "garbage/")).isEmpty();

    PruneReport again = prune(request);
    assertThat(again.freedBytes()).isZero();
    assertThat(again.forecast().plan().removed()).isEmpty();
  }

  @Test
  void aBackupOfAPartLeavesThoseOfTheWholeAlone() {
    Selection part = new Selection(List.of("shop.t0"), List.of());
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parts.add(
          new BackupFlow(Scene.server(9), repository, CLOCK, Progress.NONE)
              .run(new BackupFlow.Request(part, 1, Map.of()))
              .id());
    }
    prune(keepLast(1));
    assertThat(repository.backupIds()).containsExactly(ids.get(3), parts.get(1));
    Scene.requireWhole(repository, "pruned");
  }

  @Test
  void aPinnedBackupStaysUntilItIsUnpinned() {
    Pins pins = new Pins(repository);
    pins.pin(ids.get(0), NOW);
    pins.pin(ids.get(0), NOW);
    assertThat(pins.ids()).containsExactly(ids.get(0));
    prune(keepLast(1));
    assertThat(repository.backupIds()).containsExactly(ids.get(0), ids.get(3));
    Scene.requireWhole(repository, "pruned");

    pins.unpin(ids.get(0), NOW);
    prune(keepLast(1));
    assertThat(repository.backupIds()).containsExactly(ids.get(3));
    assertThat(catchThrowableOfType(OpsException.class, () -> pins.pin(ids.get(0), NOW)).kind())
        .isEqualTo(ErrorKind.USAGE);
  }

  @Test
  void onePruneAtATime() {
    PruneRequest breaking =
        new PruneRequest(RetentionPolicy.keepLast(1), true, Duration.ZERO, false, false, true);
    try (PruneLease other = PruneLease.take(repository, NOW, false)) {
      OpsException e = catchThrowableOfType(OpsException.class, () -> prune(keepLast(1)));
      assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
      assertThat(e.getMessage())
          .contains("process " + ProcessHandle.current().pid())
          .contains("since 2026-03-01T00:00:00Z");
      assertThat(e.hint()).contains("--break-lock");
      assertThat(repository.backupIds()).hasSize(4);

      prune(breaking);
      assertThat(repository.backupIds()).hasSize(1);
      assertThat(catchThrowableOfType(OpsException.class, other::proveHeld).kind())
          .isEqualTo(ErrorKind.LOCKED);
      String chunk = Scene.keys(store, "chunks/").get(0);
      assertThat(catchThrowableOfType(OpsException.class, () -> other.delete(List.of(chunk))))
          .isNotNull();
      assertThat(store.head(chunk)).isPresent();
    }
    prune(keepLast(1));
  }

  /** Who took it was followed by another, who removed what was there before. */
  @Test
  void aLeaseTakenOverTwiceIsLost() {
    PruneLease first = PruneLease.take(repository, NOW, false);
    PruneLease.take(repository, NOW, true).close();
    PruneLease.take(repository, NOW, false).close();

    assertThat(catchThrowableOfType(OpsException.class, first::proveHeld).kind())
        .isEqualTo(ErrorKind.LOCKED);
    first.close();
  }

  @Test
  void whoIsInterruptedGivesTheLeaseBack() {
    PruneLease lease = PruneLease.take(repository, NOW, false);
    BackupLease backup = BackupLease.take(repository, "20990101T000000Z-00000000", NOW);
    Thread.currentThread().interrupt();
    lease.close();
    backup.close();
    assertThat(Thread.interrupted()).as("it is not forgotten").isTrue();

    PruneReport report = prune(keepLast(1));
    assertThat(report.running()).isEmpty();
    assertThat(report.waiting()).isEqualTo(Amount.NONE);
  }

  @Test
  void chunksWaitForABackupThatRuns() {
    List<String> before = Scene.keys(store, "chunks/");
    try (BackupLease running = BackupLease.take(repository, "20990101T000000Z-00000000", NOW)) {
      running.proveHeld();
      PruneReport report = prune(keepLast(1));
      assertThat(report.chunks()).isEqualTo(Amount.NONE);
      assertThat(report.waiting().objects()).isEqualTo(4);
      assertThat(report.running()).hasSize(1);
      assertThat(report.running().get(0).since()).isEqualTo(NOW);
      assertThat(Scene.keys(store, "chunks/")).containsExactlyElementsOf(before);
      assertThat(Scene.keys(store, "garbage/")).hasSize(1);

      // one that begins now keeps away from them, so it holds nobody up
      assertThat(Scene.backup(repository, CLOCK, 0, 0, 0).totals().newChunks()).isEqualTo(2);
    }
    PruneReport next = prune(keepLast(5));
    assertThat(next.chunks().objects()).as("those that are not needed again").isEqualTo(2);
    Scene.requireWhole(repository, "after the next prune");
    assertThat(catchThrowableOfType(OpsException.class, () -> repository.commit(late())).kind())
        .as("what was given up is never committed")
        .isEqualTo(ErrorKind.TRANSIENT);
  }

  private Manifest late() {
    Manifest of = repository.manifest(ids.get(3));
    return new Manifest(
        "20990101T000000Z-00000000",
        of.codec(),
        of.server(),
        of.snapshot(),
        of.started(),
        of.finished(),
        of.tags(),
        of.totals(),
        of.schema(),
        of.sections(),
        of.warnings());
  }

  /** Nobody knows then what may be deleted; it is not guessed. */
  @Test
  void aDamagedGarbageListIsTold() {
    try (BackupLease running = BackupLease.take(repository, "20990101T000000Z-00000000", NOW)) {
      running.proveHeld();
      prune(keepLast(2));
    }
    String list = Scene.keys(store, "garbage/").get(0);
    store.put(list, new byte[30]);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> Scene.backup(repository, CLOCK, 0, 0, 0), () -> prune(keepLast(1)))) {
      OpsException e = catchThrowableOfType(OpsException.class, call);
      assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
      assertThat(e.object()).isEqualTo(list);
      assertThat(e.hint()).contains("--remove-damaged");
    }
    assertThat(repository.backupIds()).hasSize(2);

    prune(new PruneRequest(RetentionPolicy.keepLast(2), true, Duration.ZERO, true, false, false));
    assertThat(Scene.keys(store, "garbage/")).isEmpty();
    assertThat(Scene.keys(store, "chunks/")).hasSize(4);
    Scene.backup(repository, CLOCK, 0, 0, 0);
    Scene.requireWhole(repository, "after the list was dropped");
  }

  @Test
  void whatAnUnfinishedBackupUploadedStaysForTheGrace() {
    String last = ids.get(3);
    store.delete("backups/" + last + "/manifest");
    PruneReport report = prune(keepLast(5));
    assertThat(report.chunks()).isEqualTo(Amount.NONE);
    assertThat(report.forecast().young().objects()).isEqualTo(1);
    assertThat(Scene.backup(repository, CLOCK, 3, 1, 0).totals().newChunks()).isZero();
  }

  @Test
  void aDamagedBackupIsNotForgottenInSilence() {
    store.delete("backups/" + ids.get(2) + "/sections/000000");
    OpsException e = catchThrowableOfType(OpsException.class, () -> prune(keepLast(3)));
    assertThat(e.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(e.hint()).contains("--remove-damaged");
    assertThat(repository.backupIds()).hasSize(4);

    prune(new PruneRequest(RetentionPolicy.keepLast(2), true, Duration.ZERO, true, false, false));
    assertThat(repository.backupIds()).containsExactly(ids.get(1), ids.get(3));
    Scene.requireWhole(repository, "pruned");
  }

  /** The newest is not worth much if its rows are gone: the one before it stays instead. */
  @Test
  void aBackupWithoutItsChunksCountsForNothing() {
    List<String> before = Scene.keys(store, "chunks/");
    Scene.backup(repository, CLOCK, 9, 1, 0);
    Scene.keys(store, "chunks/").stream().filter(k -> !before.contains(k)).forEach(store::delete);

    PruneReport report = prune(keepLast(1));

    assertThat(repository.backupIds()).hasSize(2).contains(ids.get(3));
    assertThat(report.forecast().plan().decisions().get(4).reasons())
        .containsExactly("damaged: one of its chunks is missing");
  }
}
