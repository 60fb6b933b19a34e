package io.nsqlops.backup.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.repository.MemoryRepositories;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups by machines whose clocks do not agree. */
class ClockTest {
  private static final Instant NOW = Instant.parse("2026-11-26T16:45:30.500Z");

  private final Repository repository = MemoryRepositories.unencrypted(new MemoryObjectStore());

  private Manifest backup(Instant time) {
    Clock clock = Clock.fixed(time, ZoneOffset.UTC);
    return new BackupFlow(MemoryScenario.shop(), repository, clock, Progress.NONE)
        .run(new BackupFlow.Request(Selection.ALL, 1, Map.of()));
  }

  @Test
  void aBackupOfTheFutureIsNamedByTheNextOne() {
    String future = backup(NOW.plusSeconds(3600)).id();

    assertThat(backup(NOW).warnings())
        .containsExactly(
            "backup "
                + future
                + " is in the future by the clock here, one of the two is or was wrong: `latest` is"
                + " that one, not this");
  }

  @Test
  void aFewSecondsAreNothing() {
    backup(NOW.plusSeconds(60));
    backup(NOW.minusSeconds(3600));

    assertThat(backup(NOW).warnings()).isEmpty();
  }
}
