package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.SetClock;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prune that dies at any of its store calls: nothing is lost, and the next one finishes. */
class PruneKilledTest {
  private final SetClock clock = new SetClock();

  /** Lets so many calls pass; the next one, done or not, is the last that ever comes through. */
  private static final class Death implements GatedObjectStore.Gate {
    private final boolean afterTheWork;
    private int left;
    private boolean dead;

    Death(int left, boolean afterTheWork) {
      this.left = left;
      this.afterTheWork = afterTheWork;
    }

    @Override
    public void enter(String call, String key) {
      if (dead || (!afterTheWork && left == 0)) {
        die();
      }
    }

    @Override
    public void leave(String call, String key) {
      if (left-- == 0) {
        die();
      }
    }

    private void die() {
      dead = true;
      throw new OpsException(ErrorKind.TRANSIENT, "", "killed", "This is a test.");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextPruneFinishes(boolean afterTheWork) {
    int calls = 0;
    while (dies(calls, afterTheWork)) {
      calls++;
    }
    assertThat(calls).as("calls of a prune").isGreaterThan(30);
  }

  /** Whether a prune died at this call; another one then finishes. */
  private boolean dies(int calls, boolean afterTheWork) {
    MemoryObjectStore store = new MemoryObjectStore(new StoreCapabilities(true), clock);
    Repository clean = MemoryRepositories.unencrypted(store);
    for (int version = 0; version < 4; version++) {
      Scene.backup(clean, clock, version, version / 2, 0, 7);
      clock.advance(Duration.ofHours(1));
    }
    // one that was given up half-way
    Scene.backup(clean, clock, 8, 8, 8, 8);
    store.delete("backups/" + clean.backupIds().get(4) + "/manifest");
    clock.advance(Duration.ofHours(1));
    String newest = clean.backupIds().get(3);
    ObjectStore mortal = new GatedObjectStore(store, new Death(calls, afterTheWork));
    boolean died = false;
    try {
      Scene.prune(Scene.open(mortal), clock, Scene.keepLast(2, Duration.ofMinutes(5)));
    } catch (OpsException e) {
      assertThat(e).hasMessage("killed");
      died = true;
    }
    Scene.requireWhole(clean, "killed at call " + calls);
    assertThat(clean.backupIds()).contains(newest);
    clock.advance(Duration.ofMinutes(20));
    Scene.prune(clean, clock, Scene.keepLast(2, Duration.ofMinutes(5)));
    Scene.requireWhole(clean, "killed at call " + calls);
    assertThat(clean.backupIds()).hasSize(2).contains(newest);
    List<String> chunks = Scene.keys(store, "chunks/");
    // backups 2 and 3 share three of their four tables
    assertThat(chunks).as("killed at call %s", calls).hasSize(5);
    Scene.requireNoGarbage(store, clock, "killed at call " + calls);
    return died;
  }
}
