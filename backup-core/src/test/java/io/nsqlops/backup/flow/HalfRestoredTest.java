package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schedule backs up a server whose restore was interrupted. */
class HalfRestoredTest {
  @Test
  void aBackupOfItSaysSoOnceAndForGood() {
    Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());
    List<String> told = new ArrayList<>();
    Manifest manifest =
        new BackupFlow(
                MemoryScenario.shop().marked("20261126T012926Z-d92c4e1a/1234"),
                repository,
                Clock.systemUTC(),
                new Warnings(told))
            .run(new BackupFlow.Request(Selection.ALL, 1, Map.of()));
    assertThat(manifest.warnings())
        .hasSize(1)
        .allMatch(w -> w.contains("unfinished restore of 20261126T012926Z-d92c4e1a, so"));
    assertThat(told).isEqualTo(manifest.warnings());
    assertThat(repository.find("latest").warnings()).isEqualTo(manifest.warnings());
  }
}
