package io.nsqlops.backup.flow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.RetentionPolicy;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.SetClock;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Duration;
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
}
