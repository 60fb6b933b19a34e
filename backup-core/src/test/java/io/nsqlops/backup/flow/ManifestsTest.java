package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.engine.MemoryServer;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.passphrase.CheapPassphrase;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.repository.Manifests;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import io.nsqlops.backup.store.FaultingObjectStore;
import io.nsqlops.backup.store.FaultingObjectStore.Operation;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManifestsTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository = MemoryRepositories.encrypted(store, "secret");
  private final List<String> ids = new ArrayList<>();

  private void backUp(int times) {
    MemoryServer server = MemoryScenario.shop();
    for (int i = 0; i < times; i++) {
      ids.add(MemoryScenario.backup(server, repository, 1).id());
    }
  }

  @Test
  void theyComeInTheOrderAskedForWithoutWhatIsGone() {
    backUp(30);
    store.delete(RepositoryLayout.manifest(ids.get(7)));
    Manifests found = Manifests.read(repository, ids);
    List<String> left = new ArrayList<>(ids);
    left.remove(7);
    assertThat(found.whole()).extracting(Manifest::id).isEqualTo(left);
    assertThat(found.damaged()).isEmpty();
  }

  @Test
  void damageToOneHidesNoOther() {
    backUp(3);
    byte[] content = store.get(RepositoryLayout.manifest(ids.get(1))).orElseThrow();
    content[content.length / 2] ^= 1;
    store.put(RepositoryLayout.manifest(ids.get(1)), content);
    Manifests found = Manifests.read(repository, ids);
    assertThat(found.whole()).extracting(Manifest::id).containsExactly(ids.get(0), ids.get(2));
    assertThat(found.damaged()).extracting(Manifests.Damaged::id).containsExactly(ids.get(1));
    assertThat(found.damaged().get(0).why().kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
  }

  private void damage(String key) {
    byte[] content = store.get(key).orElseThrow();
    content[content.length / 2] ^= 1;
    store.put(key, content);
  }

  private String hint() {
    OpsException told =
        catchThrowableOfType(
            OpsException.class, () -> new VerifyFlow(repository, Progress.NONE).run("latest", 1));
    assertThat(told.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    return told.hint();
  }

  @Test
  void whoeverMeetsADamagedBackupIsToldOfOthers() {
    backUp(6);
    damage(repository.manifest(ids.get(5)).sections().get(0).key());
    assertThat(hint()).contains(ids.get(4) + ", " + ids.get(3) + ", " + ids.get(2));
    damage(RepositoryLayout.manifest(ids.get(5)));
    damage(RepositoryLayout.manifest(ids.get(3)));
    assertThat(hint()).contains(ids.get(4) + ", " + ids.get(2) + ", " + ids.get(1));
    ids.subList(0, 5).forEach(id -> damage(RepositoryLayout.manifest(id)));
    // damaged twice at the same place it is whole again
    assertThat(hint()).contains("(" + ids.get(3) + ";");
    damage(RepositoryLayout.manifest(ids.get(3)));
    assertThat(hint()).contains("no other one's manifest").doesNotContain(ids.get(0));
  }

  @Test
  void aStoreThatDoesNotAnswerIsNoDamage() {
    backUp(3);
    FaultingObjectStore faulting = new FaultingObjectStore(store);
    Repository reopened = MemoryRepositories.open(faulting, CheapPassphrase.of("secret"));
    int opened = faulting.calls(Operation.GET);
    faulting.failing(Operation.GET, opened + 2, ErrorKind.TRANSIENT);
    OpsException told =
        catchThrowableOfType(OpsException.class, () -> Manifests.read(reopened, ids));
    assertThat(told.kind()).isEqualTo(ErrorKind.TRANSIENT);
  }

  @Test
  @Timeout(60)
  void theFirstThatTheStoreDoesNotAnswerEndsIt() {
    backUp(20);
    CountDownLatch never = new CountDownLatch(1);
    ObjectStore half =
        new GatedObjectStore(
            store,
            (call, key) -> {
              if (key.equals(RepositoryLayout.manifest(ids.get(0)))) {
                throw new OpsException(ErrorKind.TRANSIENT, key, "no answer", "This is a test.");
              } else if (key.endsWith("/manifest")) {
                awaitQuietly(never);
              }
            });
    Repository reopened = MemoryRepositories.open(half, CheapPassphrase.of("secret"));
    OpsException told =
        catchThrowableOfType(OpsException.class, () -> Manifests.read(reopened, ids));
    assertThat(told.kind()).isEqualTo(ErrorKind.TRANSIENT);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
