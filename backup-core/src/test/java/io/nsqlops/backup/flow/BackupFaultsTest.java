package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryImporter;
import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever store call of a backup fails: what is committed restores, nothing else is visible. */
class BackupFaultsTest {
  private final MemoryServer server = MemoryScenario.shop();

  /** A fault at one call of one operation. */
  private interface Plan {
    void plan(FaultingObjectStore store, Operation operation, int call);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"PUT_IF_ABSENT", "GET", "HEAD", "LIST"})
  void aCallThatFailsIsTold(Operation operation) {
    forEveryCall(
        operation,
        (store, o, call) -> store.failing(o, call, ErrorKind.TRANSIENT),
        ErrorKind.TRANSIENT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"PUT_IF_ABSENT", "GET", "HEAD", "LIST"})
  void aStoreThatGoesAwayIsTold(Operation operation) {
    forEveryCall(
        operation,
        (store, o, call) -> store.failingFrom(o, call, ErrorKind.TRANSIENT),
        ErrorKind.TRANSIENT);
  }

  /** Before the commit that is no more than a failure; the commit itself is looked up. */
  @Test
  void aLostReplyOfAWriteIsTold() {
    forEveryCall(
        Operation.PUT_IF_ABSENT,
        (store, o, call) -> store.losingReply(o, call, ErrorKind.COMMIT_UNKNOWN),
        ErrorKind.TRANSIENT);
  }

  /** Runs backups until one makes fewer calls than the fault waits for. */
  private void forEveryCall(Operation operation, Plan plan, ErrorKind kind) {
    int faults = 0;
    for (int call = 1; ; call++) {
      MemoryObjectStore inner = new MemoryObjectStore();
      Repository clean = MemoryRepositories.unencrypted(inner);
      Manifest first = MemoryScenario.backup(server, clean, 2);
      server.table(MemoryScenario.ITEMS).put(1_000_000 + call, "x".repeat(9000));
      FaultingObjectStore store = new FaultingObjectStore(inner);
      Repository faulty = MemoryRepositories.open(store, new ClearKeyProvider());
      int before = store.calls(operation);
      plan.plan(store, operation, before + call);
      @Nullable OpsException e =
          catchThrowableOfType(OpsException.class, () -> MemoryScenario.backup(server, faulty, 2));
      store.heal();
      requireWholeBackupsOnly(clean, first);
      if (e == null) {
        assertThat(clean.backupIds()).hasSize(2);
        if (store.calls(operation) - before < call) {
          break;
        }
        continue;
      }
      faults++;
      assertThat(e.kind()).isEqualTo(kind);
      // the same command again succeeds
      MemoryScenario.backup(server, faulty, 2);
      requireWholeBackupsOnly(clean, first);
      assertThat(restored(clean).equals(MemoryScenario.rows(server))).isTrue();
    }
    assertThat(faults).as("calls that failed").isGreaterThan(0);
  }

  private static void requireWholeBackupsOnly(Repository repository, Manifest first) {
    assertThat(repository.backupIds()).contains(first.id());
    for (String id : repository.backupIds()) {
      assertThat(new VerifyFlow(repository, Progress.NONE).run(id, 1).damages()).isEmpty();
    }
  }

  private static Map<TableName, List<String>> restored(Repository repository) {
    MemoryServer target = new MemoryServer();
    MemoryScenario.restore(repository, new MemoryImporter(target), target, Existing.FAIL);
    return MemoryScenario.rows(target);
  }

  /** The sections, the schema and the manifest are new each time; all chunks are there already. */
  private static final int COMMIT = 3;

  @Test
  void aCommitWhoseReplyIsLostIsLookedUp() {
    MemoryObjectStore inner = new MemoryObjectStore();
    Repository clean = MemoryRepositories.unencrypted(inner);
    MemoryScenario.backup(server, clean, 1);
    FaultingObjectStore store = new FaultingObjectStore(inner);
    Repository faulty = MemoryRepositories.open(store, new ClearKeyProvider());
    store.losingReply(Operation.PUT_IF_ABSENT, COMMIT, ErrorKind.COMMIT_UNKNOWN);
    Manifest manifest = MemoryScenario.backup(server, faulty, 1);
    assertThat(clean.backupIds()).hasSize(2).contains(manifest.id());
    assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(COMMIT);
  }

  @Test
  void aCommitThatCannotBeLookedUpIsUnknown() {
    MemoryObjectStore inner = new MemoryObjectStore();
    Repository clean = MemoryRepositories.unencrypted(inner);
    MemoryScenario.backup(server, clean, 1);
    FaultingObjectStore store = new FaultingObjectStore(inner);
    Repository faulty = MemoryRepositories.open(store, new ClearKeyProvider());
    store.losingReply(Operation.PUT_IF_ABSENT, COMMIT, ErrorKind.COMMIT_UNKNOWN);
    // opening, the last manifest and its section were read by then
    store.failingFrom(Operation.GET, store.calls(Operation.GET) + 3, ErrorKind.TRANSIENT);
    OpsException e =
        catchThrowableOfType(OpsException.class, () -> MemoryScenario.backup(server, faulty, 1));
    assertThat(e.kind()).isEqualTo(ErrorKind.COMMIT_UNKNOWN);
    assertThat(e.object()).endsWith("/manifest");
    assertThat(clean.backupIds()).hasSize(2);
    assertThat(restored(clean).equals(MemoryScenario.rows(server))).isTrue();
  }

  @Test
  void damageToTheLastBackupIsNotInTheWayOfTheNext() {
    MemoryObjectStore store = new MemoryObjectStore();
    Repository repository = MemoryRepositories.unencrypted(store);
    String first = MemoryScenario.backup(server, repository, 1).id();
    for (String object : List.of("/sections/000000", "/manifest")) {
      store.put("backups/" + first + object, new byte[30]);
      MemoryScenario.backup(server, repository, 1);
      assertThat(restored(repository).equals(MemoryScenario.rows(server))).isTrue();
    }
  }

  @Test
  void aBackupThatFailedLeavesNothingInTheWayOfTheNext() {
    MemoryObjectStore inner = new MemoryObjectStore();
    Repository clean = MemoryRepositories.unencrypted(inner);
    FaultingObjectStore store = new FaultingObjectStore(inner);
    Repository faulty = MemoryRepositories.open(store, new ClearKeyProvider());
    store.failing(Operation.PUT_IF_ABSENT, 3, ErrorKind.TRANSIENT);
    assertThat(
            catchThrowableOfType(
                OpsException.class, () -> MemoryScenario.backup(server, faulty, 3)))
        .isNotNull();
    assertThat(clean.backupIds()).isEmpty();
    assertThat(
            catchThrowableOfType(OpsException.class, () -> BackupContents.read(clean, "latest"))
                .kind())
        .isEqualTo(ErrorKind.USAGE);
    MemoryScenario.backup(server, clean, 3);
    assertThat(restored(clean).equals(MemoryScenario.rows(server))).isTrue();
  }
}
