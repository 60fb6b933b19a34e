package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.Warnings;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.SetClock;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryPruneFlowTest extends PruneFlowContract {
  @Override
  ObjectStore newStore() {
    return new MemoryObjectStore();
  }

  @Test
  void whatSomebodyElsePutBesideTheRecordsOfDamageStays() {
    SetClock clock = new SetClock();
    ObjectStore store = new MemoryObjectStore(new StoreCapabilities(true), clock);
    Repository repository = MemoryRepositories.unencrypted(store);
    String recorded = "damaged/" + "ab".repeat(32);
    store.putIfAbsent("damaged/note.txt", new byte[1]);
    store.putIfAbsent(recorded, new byte[0]);
    clock.advance(Duration.ofDays(40));
    Scene.backup(repository, clock, 0, 1, 2, 3);

    new PruneFlow(repository, clock, Progress.NONE)
        .run(
            new PruneRequest(
                RetentionPolicy.keepLast(1), false, Duration.ZERO, false, false, false),
            Scene.SILENT);

    assertThat(store.head("damaged/note.txt")).isPresent();
    assertThat(store.head(recorded)).isEmpty();
  }

  /** Made while a clock was wrong. */
  @Test
  void oneBackupOfTheFutureLetsNoRealOneGo() {
    SetClock clock = new SetClock();
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    Scene.backup(repository, Clock.offset(clock, Duration.ofDays(400)), 1, 1, 1, 1);
    String real = Scene.backup(repository, clock, 0, 1, 2, 3).id();
    List<String> warnings = new ArrayList<>();
    PruneFlow prune = new PruneFlow(repository, clock, new Warnings(warnings));
    RetentionPolicy within =
        new RetentionPolicy(0, 0, 0, 0, 0, 0, Duration.ofDays(14), Map.of(), 1);

    prune.run(new PruneRequest(within, true, Duration.ZERO, false, false, false), Scene.SILENT);
    assertThat(repository.backupIds()).hasSize(2).contains(real);
    assertThat(warnings).singleElement().asString().contains("--remove-future");

    prune.run(new PruneRequest(within, true, Duration.ZERO, false, true, false), Scene.SILENT);
    assertThat(repository.backupIds()).containsExactly(real);
  }

  @Test
  void whatChecksOfTheStoreLeftBehindGoesAfterADay() {
    SetClock clock = new SetClock();
    ObjectStore store = new MemoryObjectStore(new StoreCapabilities(true), clock);
    Repository repository = MemoryRepositories.unencrypted(store);
    store.put("probe-00000000-1111-2222-3333-44444444444a", new byte[1]);
    store.put("status/doctor-00000000-1111-2222-3333-44444444444a", new byte[1]);
    store.put("probe-others/2026/a.csv", new byte[1]);
    store.put("status/doctor-notes", new byte[1]);
    store.put("status/verified", new byte[1]);
    clock.advance(Duration.ofHours(25));
    store.put("probe-00000000-1111-2222-3333-44444444444b", new byte[1]);
    store.put("status/doctor-00000000-1111-2222-3333-44444444444b", new byte[1]);

    Scene.prune(repository, clock, Scene.keepLast(1, Duration.ZERO));

    assertThat(Scene.keys(store, "probe-"))
        .containsExactlyInAnyOrder(
            "probe-00000000-1111-2222-3333-44444444444b", "probe-others/2026/a.csv");
    assertThat(Scene.keys(store, "status/"))
        .containsExactlyInAnyOrder(
            "status/doctor-00000000-1111-2222-3333-44444444444b",
            "status/doctor-notes",
            "status/verified");
  }
}
